package dev.cairn;

import dev.cairn.cli.CairnCommand;
import dev.cairn.start.StartChecks;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The Cairn service, everything embedded unless configured otherwise, and its command line. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class CairnApplication {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  public static void main(String[] args) {
    if (CairnCommand.startsServer(args)) {
      serve(CairnCommand.serverArguments(args));
    } else {
      System.exit(CairnCommand.run(args));
    }
  }

  private static void serve(String... settings) {
    var server = new SpringApplication(CairnApplication.class);
    server.addListeners(new StartChecks());
    server.run(settings);
  }
}

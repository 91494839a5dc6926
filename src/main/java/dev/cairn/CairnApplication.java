package dev.cairn;

import dev.cairn.cli.CairnCommand;
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
      SpringApplication.run(CairnApplication.class, CairnCommand.serverArguments(args));
    } else {
      System.exit(CairnCommand.run(args));
    }
  }
}

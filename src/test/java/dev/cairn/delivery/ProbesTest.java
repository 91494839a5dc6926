package dev.cairn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.PostgresForTests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The probes as application.yaml sets them up, without the rest of the service. */
class ProbesTest {
  private static final String NOBODY_LISTENS = "jdbc:postgresql://127.0.0.1:1/cairn";

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class ProbesOnly {}

  @Test
  void aPodThatReachesItsDatabaseIsReady() throws Exception {
    try (var context = start(PostgresForTests.createDatabase())) {
      assertThat(status(context, "liveness")).isEqualTo(200);
      assertThat(status(context, "readiness")).isEqualTo(200);
    }
  }

  @Test
  void aPodWithoutItsDatabaseIsAliveButNotReady() throws Exception {
    try (var context = start(NOBODY_LISTENS)) {
      assertThat(status(context, "liveness")).isEqualTo(200);
      assertThat(status(context, "readiness")).isEqualTo(503);
    }
  }

  private static ConfigurableApplicationContext start(String databaseUrl) {
    return new SpringApplicationBuilder(ProbesOnly.class)
        .run(
            "--server.port=0",
            "--management.endpoint.health.group.readiness.include=readinessState,db", // as the
            // chart
            "--spring.flyway.enabled=false",
            "--spring.data.jpa.repositories.enabled=false",
            "--spring.datasource.hikari.connection-timeout=500",
            "--spring.datasource.url=" + databaseUrl,
            "--spring.datasource.username=" + PostgresForTests.user(),
            "--spring.datasource.password=" + PostgresForTests.password());
  }

  private static int status(ConfigurableApplicationContext context, String probe) throws Exception {
    int port = ((WebServerApplicationContext) context).getWebServer().getPort();
    URI uri = URI.create("http://127.0.0.1:%d/actuator/health/%s".formatted(port, probe));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }
}

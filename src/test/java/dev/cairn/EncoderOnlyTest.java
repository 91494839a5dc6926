package dev.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.PostgresForTests;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process that only encodes, beside one that answers, on one volume as the chart starts them. */
class EncoderOnlyTest {

  private final String database = PostgresForTests.createDatabase();

  @TempDir private Path data;

  private ConfigurableApplicationContext start(String roles) {
    return new SpringApplicationBuilder(CairnApplication.class, CairnHttp.class)
        .run(ServiceArguments.of(database, data, 0, "--cairn.roles=" + roles));
  }

  @Test
  void onlyItsProbesAreAnsweredAndAnswersOfOthersGoOn() {
    try (ConfigurableApplicationContext api = start("api")) {
      UUID running = insertRunning(api.getBean(JdbcClient.class));
      try (ConfigurableApplicationContext encoder = start("encoder")) {
        CairnHttp http = encoder.getBean(CairnHttp.class);

        for (String probe : new String[] {"liveness", "readiness"}) {
          assertThat(http.get("/actuator/health/" + probe).status()).isEqualTo(200);
        }
        for (String path :
            new String[] {"/api/v1/corpora", "/v1/models", "/v3/api-docs", "/actuator/../api/v1"}) {
          CairnHttp.Answer refused = http.get(path);
          assertThat(refused.status()).as(path).isEqualTo(404);
          assertThat(refused.response().body()).as(path).contains("only encodes");
        }
        assertThat(http.put("/api/v1/corpora/made").status()).isEqualTo(404);
      }
      CairnHttp http = api.getBean(CairnHttp.class);
      assertThat(http.get("/api/v1/answers/" + running).body().path("state").asString())
          .isEqualTo("running");
      assertThat(http.get("/api/v1/corpora/made").code()).isEqualTo("corpus_not_found");
    }
  }

  /** An answer that the process with the role api writes. */
  private static UUID insertRunning(JdbcClient jdbc) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into answer (id, tenant_id, scope, question, state, created_at, alive_until)
            select :id, id, '{"corpora":["made"],"documents":[],"metadata":{}}', 'Who?', 'RUNNING',
              now(), now() + interval '1 minute'
            from tenant limit 1
            """)
        .param("id", id)
        .update();
    return id;
  }
}

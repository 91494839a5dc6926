package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnApplication;
import dev.cairn.CairnHttp;
import dev.cairn.ServiceArguments;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One document encoded over a restart, by one worker, by several, and in one go. */
class RestartTest {

  private static final int STRETCHES = 40;
  private static final int STRETCH_TOKENS = 32;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TEXT =
      "The lamp is lit at dusk and put out at dawn. "
          .repeat(STRETCHES)
          .substring(0, STRETCHES * STRETCH_TOKENS - 5);

  private final String database = PostgresForTests.createDatabase();

  @TempDir private Path data;

  private ConfigurableApplicationContext start(int chunksPerStretch, int workers) {
    return new SpringApplicationBuilder(CairnApplication.class, CairnHttp.class)
        .run(
            ServiceArguments.of(
                database,
                data,
                0,
                "--cairn.memory.chunks-per-stretch=" + chunksPerStretch,
                "--cairn.ingest.workers=" + workers));
  }

  private Manifest manifest(ConfigurableApplicationContext service) {
    return new Manifest(service.getBean(JdbcClient.class), data);
  }

  private static Uploading uploading(ConfigurableApplicationContext service) {
    return new Uploading(service.getBean(CairnHttp.class));
  }

  @Test
  void everyWayOfEncodingGivesTheSameBitsAndNothingIsDoneTwice() throws IOException {
    String id;
    List<Manifest.Row> beforeRestart;
    try (ConfigurableApplicationContext service = start(4, 1)) {
      id = uploading(service).send("restart", "lamp.txt", TEXT).body().path("id").asString();
      await().atMost(PATIENCE).until(() -> manifest(service).rows(id, 1).size() >= 3);
      Instant asked = Instant.now();
      service.close();
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
    Map<String, String> inStretches;
    try (ConfigurableApplicationContext service = start(4, 3)) {
      Manifest manifest = manifest(service);
      beforeRestart = manifest.rows(id, 1);
      assertThat(beforeRestart).hasSizeBetween(3, STRETCHES - 1);
      assertThat(uploading(service).finished(id).path("stage").asString()).isEqualTo("ready");
      List<Manifest.Row> after = manifest.rows(id, 1);
      assertThat(after).hasSize(STRETCHES).containsAll(beforeRestart);
      assertThat(manifest.files()).hasSize(STRETCHES);
      inStretches = manifest.tensors(after);
    }
    try (ConfigurableApplicationContext service = start(1024, 1)) {
      service.getBean(CairnHttp.class).post("/api/v1/documents/%s/encodings".formatted(id));
      Manifest manifest = manifest(service);
      await().atMost(PATIENCE).until(() -> manifest.rows(id, 2).size() == 1);
      assertThat(manifest.tensors(manifest.rows(id, 2))).isEqualTo(inStretches);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(manifest.files()).hasSize(1));
    }
  }
}

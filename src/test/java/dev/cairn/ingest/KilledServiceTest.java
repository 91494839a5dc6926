package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.ServiceProcess;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service in a JVM of its own, killed five times while it encodes. */
@Tag("slow")
class KilledServiceTest {

  private static final int KILLS = 5;
  private static final int STRETCHES = 120;
  private static final int STRETCH_TOKENS = 4096;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String TEXT =
      "Nobody else may touch the lamp. ".repeat(STRETCHES * STRETCH_TOKENS / 32);

  private final String database = PostgresForTests.createDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(
              database, PostgresForTests.user(), PostgresForTests.password()));

  @TempDir private Path data;
  private ServiceProcess service;

  @BeforeEach
  void start() throws IOException {
    service =
        ServiceProcess.start(
            data,
            database,
            "512m",
            "--cairn.memory.chunks-per-stretch=512",
            "--cairn.job.lease=2s");
  }

  @AfterEach
  void kill() {
    service.close();
  }

  @Test
  void goesOnAfterTheLastPublishedStretchAndEndsWithTheSameBytes() throws Exception {
    Manifest manifest = new Manifest(jdbc, data);
    String id =
        new Uploading(service.http()).send("killed", "lamp.txt", TEXT).body().path("id").asString();
    List<Manifest.Row> published = List.of();
    for (int round = 0; round < KILLS; round++) {
      int before = published.size();
      await().atMost(PATIENCE).until(() -> manifest.rows(id, 1).size() >= before + 3);
      kill();
      List<Manifest.Row> atKill = manifest.rows(id, 1);
      assertThat(atKill).hasSizeLessThan(STRETCHES).containsAll(published);
      published = atKill;
      start();
      assertThat(new Uploading(service.http()).document(id).path("percent").asInt())
          .isBetween(percent(published), 99);
    }
    await().atMost(PATIENCE).until(() -> stage(id).equals("ready"));
    List<Manifest.Row> disturbed = manifest.rows(id, 1);
    assertThat(disturbed).hasSize(STRETCHES).containsAll(published);
    assertThat(disturbed.stream().mapToInt(row -> row.attempts() - 1).sum()).isBetween(1, KILLS);
    assertThat(manifest.files())
        .containsExactlyInAnyOrderElementsOf(
            disturbed.stream().map(Manifest.Row::blobKey).toList());

    Map<String, String> tensors = manifest.tensors(disturbed);
    service.http().post("/api/v1/documents/%s/encodings".formatted(id));
    await().atMost(PATIENCE).until(() -> manifest.rows(id, 2).size() == STRETCHES);
    assertThat(manifest.tensors(manifest.rows(id, 2))).isEqualTo(tensors);
  }

  private static int percent(List<Manifest.Row> published) {
    return 100 * published.size() / STRETCHES;
  }

  private String stage(String id) {
    return new Uploading(service.http()).document(id).path("stage").asString();
  }
}

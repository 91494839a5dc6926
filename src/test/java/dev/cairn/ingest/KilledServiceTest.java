package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnApplication;
import dev.cairn.CairnHttp;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.env.MockEnvironment;

/** The service in a JVM of its own, killed five times while it encodes. */
@Tag("slow")
class KilledServiceTest {

  private static final int KILLS = 5;
  private static final int STRETCHES = 120;
  private static final int STRETCH_TOKENS = 32;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String TEXT =
      "Nobody else may touch the lamp. ".repeat(STRETCHES).substring(0, STRETCHES * STRETCH_TOKENS);

  private final String database = PostgresForTests.createDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(
              database, PostgresForTests.user(), PostgresForTests.password()));

  @TempDir private Path data;
  private Process service;
  private CairnHttp http;

  @BeforeEach
  void start() throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            CairnApplication.class.getName(),
            "--server.port=" + port,
            "--spring.datasource.url=" + database,
            "--spring.datasource.username=" + PostgresForTests.user(),
            "--spring.datasource.password=" + PostgresForTests.password(),
            "--cairn.data=" + data,
            "--cairn.model=src/test/resources/golden/tiny",
            "--cairn.compute-path=FLOAT32",
            "--cairn.threads=1",
            "--cairn.memory.chunks-per-stretch=4",
            "--cairn.job.lease=2s"));
    service =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("service-%d.log".formatted(port)).toFile())
            .start();
    http = new CairnHttp(new MockEnvironment().withProperty("local.server.port", "" + port));
    await().atMost(PATIENCE).ignoreExceptions().until(this::answers);
  }

  private boolean answers() {
    return http.get("/api/v1/corpora").status() == 200;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** As {@code kill -9} does. */
  @AfterEach
  void kill() throws InterruptedException {
    service.destroyForcibly().waitFor();
  }

  @Test
  void goesOnAfterTheLastPublishedStretchAndEndsWithTheSameBytes() throws Exception {
    Manifest manifest = new Manifest(jdbc, data);
    String id = new Uploading(http).send("killed", "lamp.txt", TEXT).body().path("id").asString();
    List<Manifest.Row> published = List.of();
    for (int round = 0; round < KILLS; round++) {
      int before = published.size();
      await().atMost(PATIENCE).until(() -> manifest.rows(id, 1).size() >= before + 3);
      kill();
      List<Manifest.Row> atKill = manifest.rows(id, 1);
      assertThat(atKill).hasSizeLessThan(STRETCHES).containsAll(published);
      published = atKill;
      start();
      assertThat(new Uploading(http).document(id).path("percent").asInt())
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
    http.post("/api/v1/documents/%s/encodings".formatted(id));
    await().atMost(PATIENCE).until(() -> manifest.rows(id, 2).size() == STRETCHES);
    assertThat(manifest.tensors(manifest.rows(id, 2))).isEqualTo(tensors);
  }

  private static int percent(List<Manifest.Row> published) {
    return 100 * published.size() / STRETCHES;
  }

  private String stage(String id) {
    return new Uploading(http).document(id).path("stage").asString();
  }
}

package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** {@code kill -9} on a server with everything embedded, while the command line waits for it. */
@Tag("slow")
class KilledServerTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TAKEN_OVER = Duration.ofSeconds(10);
  private static final int UNREACHABLE = 3;

  @TempDir private Path folder;
  private int port;

  @Test
  void theUploaderSaysThatEncodingGoesOnAndItDoesSoonAfterTheRestart() throws Exception {
    port = freePort();
    String document;
    int percent;
    try (CommandProcess serve = start("killed", "serve", "--server.port=" + port)) {
      await().atMost(PATIENCE).until(() -> answers() || !serve.isAlive());
      try (CommandProcess upload = upload()) {
        await().atMost(PATIENCE).until(() -> percent() > 0 || !upload.isAlive());
        document = document();
        percent = percent();
        serve.kill();

        assertThat(upload.exitCode()).isEqualTo(UNREACHABLE);
        assertThat(upload.err())
            .contains("The server at http://localhost:%d went away.".formatted(port))
            .contains("encoding goes on by itself once the server is up again")
            .contains("cairn document show %s --server".formatted(document))
            .doesNotContain("Exception");
      }
    }
    assertThat(percent).isLessThan(100);
    try (CommandProcess serve = start("next", "serve", "--server.port=" + port)) {
      await().atMost(PATIENCE).until(() -> answers() || !serve.isAlive());

      await().atMost(TAKEN_OVER).until(() -> percent() > percent);
    }
  }

  private CommandProcess upload() throws Exception {
    Path text = Files.writeString(folder.resolve("lamp.txt"), "The lamp is lit. ".repeat(20_000));
    return start(
        "upload",
        "document",
        "upload",
        "--server=http://localhost:" + port,
        "--corpus=lamps",
        text.toString());
  }

  private CommandProcess start(String name, String... arguments) throws Exception {
    Map<String, String> environment =
        Map.of(
            "CAIRN_DATA", folder.resolve("data").toString(),
            "CAIRN_MODEL", "src/test/resources/golden/tiny",
            "CAIRN_COMPUTEPATH", "FLOAT32",
            "CAIRN_MEMORY_CHUNKSPERSTRETCH", "64",
            "CAIRN_DATABASE_PROGRAMS", PostgresForTests.PROGRAMS.toAbsolutePath().toString());
    return CommandProcess.start(
        Files.createDirectories(folder.resolve(name)), environment, arguments);
  }

  private CairnHttp http() {
    return new CairnHttp(new MockEnvironment().withProperty("local.server.port", "" + port));
  }

  private boolean answers() {
    try {
      return http().get("/api/v1/corpora").status() == 200;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private String document() {
    return http()
        .get("/api/v1/corpora/lamps/documents")
        .body()
        .path("items")
        .path(0)
        .path("id")
        .asString();
  }

  private int percent() {
    return http().get("/api/v1/corpora/lamps/documents").body().at("/items/0/percent").asInt(0);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.database.PostgresForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Ctrl-C on a question. The shipped checkpoint is slow enough to be met while it answers. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"cairn.model=models/cairn-0.5b", "cairn.answer.min-evidence=-1"})
@ContextConfiguration(initializers = PostgresForTests.class)
@Import(CairnHttp.class)
class InterruptedAskTest {

  private static final int INTERRUPTED = 130;
  private static final int TOKENS = 400;
  private static final int ATTEMPTS = 20;

  @TempDir private Path folder;
  @Autowired private CairnHttp http;

  @Test
  void anAnswerThatNobodyWaitsForIsStopped() throws Exception {
    String server = "--server=http://localhost:" + http.port();
    Path file = Files.writeString(folder.resolve("lamp.txt"), "The lamp is lit at dusk.");
    CommandRun.of("document", "upload", "--corpus=cut-ask", server, file.toString());
    boolean caught = false;
    for (int attempt = 0; attempt < ATTEMPTS && !caught; attempt++) {
      caught = interrupts(server);
    }
    assertThat(caught).as("an answer that was still being written").isTrue();
  }

  /** The model may end an answer before it can be interrupted: then this proves nothing. */
  private boolean interrupts(String server) throws Exception {
    try (var ask =
        CommandProcess.start(
            folder,
            Map.of(),
            "ask",
            "--corpus=cut-ask",
            "--max-tokens=" + TOKENS,
            "--temperature=2",
            server,
            "When is the lamp lit?")) {
      await().atMost(Duration.ofMinutes(1)).until(() -> isRunning() || !ask.isAlive());
      ask.interrupt();
      if (ask.exitCode() == 0) {
        return false;
      }
      assertThat(ask.exitCode()).isEqualTo(INTERRUPTED);
      assertThat(ask.out()).isEmpty();
      await().atMost(Duration.ofSeconds(2)).until(() -> !isRunning());
      if (newest().path("state").asString().equals("finished")) {
        return false;
      }
      assertThat(newest().path("state").asString()).isEqualTo("cancelled");
      assertThat(newest().at("/usage/answerTokens").asInt()).isLessThan(TOKENS);
      return true;
    }
  }

  private boolean isRunning() {
    return newest().path("state").asString().equals("running");
  }

  private JsonNode newest() {
    return http.get("/api/v1/answers?limit=1").body().path("items").path(0);
  }
}

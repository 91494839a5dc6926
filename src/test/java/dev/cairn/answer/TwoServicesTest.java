package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.stream.ScriptedAnswers;
import dev.cairn.stream.ScriptedService;
import dev.cairn.stream.StreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two processes that answer, on one database and one volume, as the chart starts them. */
class TwoServicesTest {

  private static final String LEASE = "--cairn.answer.lease=2s";
  private static final int TOKENS = 8_000 / ScriptedService.PACE_MILLIS;
  private static final int ENDLESS = 10_000;

  @TempDir private Path data;

  @Test
  void anAnswerOutlivesTheStartOfAnotherProcessButNotTheEndOfItsOwn() throws Exception {
    try (ScriptedService first = ScriptedService.start(data, LEASE);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StreamReader> whole = clients.submit(() -> first.ask(1, TOKENS).read(TOKENS + 1));
      Future<StreamReader> cut = clients.submit(() -> first.ask(2, ENDLESS).read(TOKENS + 10));
      await().until(() -> first.answers(Answer.State.RUNNING) == 2);

      try (ScriptedService second = first.again(LEASE)) {
        assertThat(whole.get().names().getLast()).isEqualTo("done");
        JsonNode kept = stored(second, whole.get());
        assertThat(kept.path("state").asString()).isEqualTo("finished");
        assertThat(kept.path("text").asString()).isEqualTo(ScriptedAnswers.text(1, TOKENS));

        StreamReader endless = cut.get();
        assertThat(stored(second, endless).path("state").asString()).isEqualTo("running");
        first.close();
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> stored(second, endless).path("state").asString().equals("failed"));
        assertThat(stored(second, endless).path("failure").path("code").asString())
            .isEqualTo("internal");
      }
    }
  }

  private static JsonNode stored(ScriptedService service, StreamReader reader) {
    return service.http().get("/api/v1/answers/" + reader.answerId()).body();
  }
}

package dev.cairn.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.answer.Answer;
import dev.cairn.answer.Library;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service is asked to end, as by SIGTERM, while it answers. */
class TerminatedServiceTest {

  private static final int STREAMS = 20;
  private static final int LONG = 5_000;
  private static final int SHORT = 15;
  private static final int ALL = Integer.MAX_VALUE;

  /** What the shell says of a program that SIGTERM ended. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path data;

  @Test
  void clientsAreToldToComeAgainAndFindWhatWasWritten() throws Exception {
    List<StreamReader> cut = new ArrayList<>();
    try (ScriptedService service = ScriptedService.start(data);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<StreamReader>> readers = new ArrayList<>();
      for (int seed = 0; seed < STREAMS; seed++) {
        readers.add(clients.submit(read(service, seed)));
      }
      await().until(() -> service.answers(Answer.State.RUNNING) == STREAMS);
      Future<CairnHttp.Answer> waiting =
          clients.submit(
              () ->
                  new Library(service.http(), ScriptedService.CORPUS)
                      .post(Map.of("question", "What?", "seed", STREAMS, "maxTokens", SHORT)));
      await().until(() -> service.answers(Answer.State.RUNNING) == STREAMS + 1);

      assertThat(service.process().terminate(Duration.ofSeconds(15))).isEqualTo(TERMINATED);

      for (Future<StreamReader> reader : readers) {
        cut.add(reader.get());
      }
      assertThat(cut).allMatch(reader -> reader.names().getLast().equals("reconnect"));
      assertThat(waiting.get().status()).as("who waits without streaming").isEqualTo(200);
      assertThat(waiting.get().body().path("text").asString())
          .isEqualTo(ScriptedAnswers.text(STREAMS, SHORT));
      assertThat(service.process().log()).content().doesNotContain("\tat dev.cairn");
      try (ScriptedService again = service.again()) {
        cut.forEach(reader -> assertIsKept(again, reader));
        again.assertNothingIsLeft();
      }
    }
  }

  private static Callable<StreamReader> read(ScriptedService service, int seed) {
    return () -> {
      try (StreamReader reader = service.ask(seed, LONG)) {
        return reader.read(ALL);
      }
    };
  }

  /** The stored answer has all that its client got, and the client can read on behind that. */
  private static void assertIsKept(ScriptedService service, StreamReader reader) {
    JsonNode answer = service.http().get("/api/v1/answers/" + reader.answerId()).body();
    String text = answer.path("text").asString();
    String got = String.join("", reader.tokens());
    assertThat(answer.path("state").asString()).isEqualTo("cancelled");
    assertThat(text)
        .startsWith(got)
        .isEqualTo(ScriptedAnswers.text(reader.seed(), text.length()))
        .hasSizeLessThanOrEqualTo(got.length() + 2);

    List<EventClient.Event> rest =
        new EventClient(service.http())
            .resume(new EventClient.Event("token", reader.lastId(), reader.last()), ALL);

    assertThat(got + EventClient.text(rest)).isEqualTo(text);
    assertThat(rest.getLast().name()).isEqualTo("done");
    assertThat(rest.getLast().data().path("finishReason").asString()).isEqualTo("cancelled");
  }
}

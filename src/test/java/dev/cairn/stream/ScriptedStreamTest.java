package dev.cairn.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.answer.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Streams of a service whose answers are longer than what a model could write here. */
class ScriptedStreamTest {

  private static final int STREAMS = 50;
  private static final int TOKENS = 50;
  private static final int LONG = 50_000;
  private static final String CHAT = "/v1/chat/completions";
  private static final String ASK =
      "/api/v1/corpora/%s/questions".formatted(ScriptedService.CORPUS);

  @TempDir private static Path data;
  private static ScriptedService service;

  @BeforeAll
  static void start() throws IOException {
    service =
        ScriptedService.start(
            data, "--server.tomcat.connection-timeout=2s", "--cairn.answer.resume-grace=500ms");
  }

  @AfterAll
  static void end() {
    service.close();
  }

  @Test
  void fiftyStreamsAreWholeAndHoldNoConnectionToTheDatabase() throws Exception {
    StreamLoad load = new StreamLoad(service, STREAMS, TOKENS);

    List<StreamReader> readers = load.read(0, () -> load.watchConnections(1_500));

    load.assertWhole(readers);
    load.assertNoConnectionIsHeld();
    assertThat(StreamLoad.quantile(load.delayMillis(readers), 0.5)).isLessThan(1_000);
    await().untilAsserted(service::assertNothingIsLeft);
  }

  @Test
  void aClientThatNeverReadsIsCutAndItsAnswerIsKept() throws Exception {
    try (StreamReader silent = service.ask(-1, LONG)) {
      await().until(() -> service.meter("cairn.streams.open") == 1);

      JsonNode answer = keptAfterCut();

      String text = answer.path("text").asString();
      assertThat(text)
          .hasSizeBetween(100, LONG - 1)
          .isEqualTo(ScriptedAnswers.text(-1, text.length()));
      assertThat(answer.path("finishReason").asString()).isEqualTo("cancelled");
      assertThat(answer.path("citations").size()).isPositive();
      assertThat(silent.tokens()).isEmpty();
    }
  }

  @Test
  void aChatClientThatNeverReadsIsCutToo() throws Exception {
    try (Socket silent = post(CHAT, chat(-2, true))) {
      await().until(() -> service.meter("cairn.streams.open") == 1);

      assertThat(keptAfterCut().path("text").asString()).hasSizeBetween(100, LONG - 1);
      assertThat(silent.isConnected()).isTrue();
    }
  }

  @Test
  void aClientThatLeavesStopsTheAnswerWithinTwoTokens() throws Exception {
    leaveAndCount(1_001, post(ASK, ask(1_001)));
    leaveAndCount(1_002, post(CHAT, chat(1_002, false)));
    leaveAndCount(1_003, post(CHAT, chat(1_003, true)));
  }

  private static void leaveAndCount(long seed, Socket client) throws Exception {
    await().until(() -> service.answers(Answer.State.RUNNING) == 1);
    Thread.sleep(5L * ScriptedService.PACE_MILLIS);
    long left = System.nanoTime();
    client.close();

    keptAfterCut();

    long[] written = service.writtenNanos().get(seed);
    assertThat(written).hasSizeGreaterThan(2);
    assertThat(LongStream.of(written).filter(nanos -> nanos > left).count())
        .as("tokens written after the client of %d had left", seed)
        .isLessThanOrEqualTo(2);
  }

  private static String ask(long seed) {
    return "{\"question\":\"What?\",\"maxTokens\":%d,\"seed\":%d}".formatted(LONG, seed);
  }

  private static String chat(long seed, boolean stream) {
    return """
    {"model":"cairn/%s","max_tokens":%d,"seed":%d,"stream":%s,\
    "messages":[{"role":"user","content":"What?"}]}\
    """
        .formatted(ScriptedService.CORPUS, LONG, seed, stream);
  }

  /** Sends a request on a socket that nobody reads. */
  private static Socket post(String path, String body) throws IOException {
    Socket client = new Socket();
    client.setReceiveBufferSize(4096);
    client.connect(new InetSocketAddress("localhost", service.http().port()));
    client
        .getOutputStream()
        .write(
            """
            POST %s HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            %s\
            """
                .formatted(path, body.length(), body)
                .getBytes(StandardCharsets.UTF_8));
    return client;
  }

  /** The newest answer, once nothing waits for its client any more. */
  private static JsonNode keptAfterCut() {
    await().atMost(Duration.ofSeconds(20)).until(() -> service.meter("cairn.streams.open") == 0);
    await().untilAsserted(service::assertNothingIsLeft);
    JsonNode answer = service.http().get("/api/v1/answers?limit=1").body().at("/items/0");
    assertThat(answer.path("state").asString()).isEqualTo("cancelled");
    return answer;
  }
}

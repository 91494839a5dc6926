package dev.cairn.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.answer.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of streams of ten tokens a second at once. Times are asserted with room for a machine
 * that has other work; what was measured is printed.
 */
@Tag("slow")
class StreamLoadTest {

  private static final int STREAMS = 500;
  private static final int TOKENS_PER_SECOND = 1000 / ScriptedService.PACE_MILLIS;
  private static final int STALLED = STREAMS / 20;
  private static final int DISCONNECTS = 1000;
  private static final double MOST_P99_MILLIS = 250;
  private static final long MOST_GROWTH_BYTES = 64 << 20;

  @TempDir private static Path data;
  private static ScriptedService service;

  @BeforeAll
  static void start() throws IOException {
    service = ScriptedService.start(data, "--cairn.answer.resume-grace=1s");
  }

  @AfterAll
  static void end() {
    service.close();
  }

  @Test
  void aMinuteOfFiveHundredStreamsIsWholeAndInTime() throws Exception {
    StreamLoad load = new StreamLoad(service, STREAMS, 60 * TOKENS_PER_SECOND);
    long idle = service.liveHeapBytes();
    List<Long> heap = new ArrayList<>();

    List<StreamReader> readers =
        load.read(
            0,
            () -> {
              heap.add(service.liveHeapBytes());
              load.watchConnections(40_000);
              heap.add(service.liveHeapBytes());
            });

    load.assertWhole(readers);
    load.assertNoConnectionIsHeld();
    double[] delays = load.delayMillis(readers);
    System.out.printf(
        "%d streams: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; heap idle %d KB, at first %d KB,"
            + " 40 s later %d KB%n",
        STREAMS,
        StreamLoad.quantile(delays, 0.5),
        StreamLoad.quantile(delays, 0.99),
        StreamLoad.quantile(delays, 1),
        idle >> 10,
        heap.getFirst() >> 10,
        heap.getLast() >> 10);
    assertThat(StreamLoad.quantile(delays, 0.99)).isLessThanOrEqualTo(MOST_P99_MILLIS);
    assertThat(heap.getLast() - heap.getFirst()).isLessThan(MOST_GROWTH_BYTES);
    service.assertNothingIsLeft();
  }

  @Test
  void readersThatStallDoNotHoldUpTheOthers() throws Exception {
    p99(5_000); // warms up
    double before = p99(10_000);
    int cancelled = service.answers(Answer.State.CANCELLED);
    List<StreamReader> stalled = new ArrayList<>();
    for (int reader = 1; reader <= STALLED; reader++) {
      stalled.add(service.ask(-reader, 50_000));
    }
    await()
        .atMost(Duration.ofSeconds(25))
        .until(() -> service.answers(Answer.State.RUNNING) == STALLED);
    await().atMost(Duration.ofSeconds(25)).until(service::isIdle);

    double beside = p99(20_000);
    assertThat(service.meter("cairn.streams.open")).as("are stalled still").isEqualTo(STALLED);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> service.answers(Answer.State.CANCELLED) == cancelled + STALLED);
    await().untilAsserted(service::assertNothingIsLeft);
    double after = p99(30_000);

    System.out.printf(
        "%d stalled readers: p99 of the others %.1f ms; without them %.1f ms before, %.1f ms"
            + " after%n",
        STALLED, beside, before, after);
    assertThat(beside)
        .isLessThanOrEqualTo(Math.max(1.2 * Math.max(before, after), MOST_P99_MILLIS / 2));
    for (StreamReader each : stalled) {
      each.close();
    }
  }

  /** Of the others, which read. */
  private static double p99(long firstSeed) throws Exception {
    StreamLoad load = new StreamLoad(service, STREAMS - STALLED, 15 * TOKENS_PER_SECOND);
    List<StreamReader> readers = load.read(firstSeed, () -> {});
    load.assertWhole(readers);
    return StreamLoad.quantile(load.delayMillis(readers), 0.99);
  }

  @Test
  void aThousandDisconnectsLeaveNothing() throws Exception {
    int cancelled = service.answers(Answer.State.CANCELLED);
    for (int left = DISCONNECTS / 2; left <= DISCONNECTS; left += DISCONNECTS / 2) {
      leaveTogether(50_000 + left, DISCONNECTS / 2);
      int all = cancelled + left;
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.answers(Answer.State.CANCELLED) == all);
    }

    await().untilAsserted(service::assertNothingIsLeft);
    assertThat(service.process().log()).content().doesNotContain("ClientAbortException");
  }

  private static void leaveTogether(int firstSeed, int clients) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> leaving = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int seed = firstSeed + client;
        leaving.add(threads.submit(() -> leave(seed)));
      }
      for (Future<?> each : leaving) {
        each.get();
      }
    }
  }

  /** Half of the clients close their connection, half are torn from it. */
  private static @Nullable Void leave(int seed) throws IOException {
    int tokens = 1 + seed % 12;
    try (StreamReader reader = service.ask(seed, 10_000).read(tokens)) {
      assertThat(reader.tokens()).as("is answered").hasSize(tokens);
      if (seed % 2 == 0) {
        reader.reset();
      }
    }
    return null;
  }
}

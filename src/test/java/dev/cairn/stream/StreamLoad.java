package dev.cairn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.answer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** Many streams of a {@link ScriptedService} at once, each read by a client of its own. */
final class StreamLoad {

  private static final int ALL = Integer.MAX_VALUE;
  private static final int MOST_CONNECTIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ScriptedService service;
  private final int streams;
  private final int tokens;
  private final List<Double> connections = Collections.synchronizedList(new ArrayList<>());

  StreamLoad(ScriptedService service, int streams, int tokens) {
    this.service = service;
    this.streams = streams;
    this.tokens = tokens;
  }

  /** What is looked at while all streams are open. */
  interface Watch {
    void look() throws IOException, InterruptedException;
  }

  /**
   * Reads all streams to their ends.
   *
   * @param firstSeed the seeds of the streams count from it
   */
  List<StreamReader> read(long firstSeed, Watch watch) throws Exception {
    int before = service.answers(Answer.State.RUNNING);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<StreamReader>> readers =
          LongStream.range(firstSeed, firstSeed + streams)
              .mapToObj(seed -> clients.submit(() -> readWhole(seed)))
              .toList();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> service.answers(Answer.State.RUNNING) == before + streams);
      watch.look();
      List<StreamReader> read = new ArrayList<>();
      for (Future<StreamReader> reader : readers) {
        read.add(get(reader));
      }
      return read;
    }
  }

  private static StreamReader get(Future<StreamReader> reader) throws InterruptedException {
    try {
      return reader.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private StreamReader readWhole(long seed) throws IOException {
    try (StreamReader reader = service.ask(seed, tokens)) {
      return reader.read(ALL);
    }
  }

  /** Notes for a while how many connections to the database are in use. */
  void watchConnections(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      connections.add(service.meter("hikaricp.connections.active"));
      Thread.sleep(100);
    }
  }

  /**
   * Jobs look into the database now and then, and one task keeps all answers alive; a stream does
   * not while it goes on. Streams that held connections would take all ten of the pool.
   */
  void assertNoConnectionIsHeld() {
    assertThat(connections).hasSizeGreaterThan(5).allMatch(inUse -> inUse <= MOST_CONNECTIONS);
  }

  /** Every event came once and in its place. */
  void assertWhole(List<StreamReader> readers) {
    assertThat(readers).hasSize(streams);
    for (StreamReader reader : readers) {
      String text = ScriptedAnswers.text(reader.seed(), tokens);
      assertThat(String.join("", reader.tokens())).isEqualTo(text);
      assertThat(reader.tokens()).as("one event for each token").hasSize(tokens);
      assertThat(reader.last().path("text").asString()).isEqualTo(text);
      assertThat(reader.names().getFirst()).isEqualTo("retrieval");
      assertThat(reader.names().getLast()).isEqualTo("done");
      assertThat(reader.numbers())
          .isEqualTo(LongStream.range(0, reader.numbers().size()).boxed().toList());
    }
  }

  /** Milliseconds from a token to its bytes at the client, sorted; of all tokens of all readers. */
  double[] delayMillis(List<StreamReader> readers) throws IOException {
    Map<Long, long[]> written = service.writtenNanos();
    return readers.stream()
        .flatMapToDouble(
            reader -> {
              long[] nanos = written.getOrDefault(reader.seed(), new long[0]);
              assertThat(nanos).hasSameSizeAs(reader.arrivedNanos().toArray());
              return IntStream.range(0, nanos.length)
                  .mapToDouble(i -> (reader.arrivedNanos().get(i) - nanos[i]) / 1e6);
            })
        .sorted()
        .toArray();
  }

  /**
   * @param share 0.99 for p99
   */
  static double quantile(double[] sorted, double share) {
    assertThat(Arrays.stream(sorted).min().orElseThrow()).isNotNegative();
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}

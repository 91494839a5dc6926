package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.ServiceProcess;
import dev.cairn.database.PostgresForTests;
import dev.cairn.stream.EventClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service in a JVM of its own takes as much after 10,000 questions as after 2,000. */
@Tag("slow")
class ManyQuestionsTest {

  private static final int FIRST = 2_000;
  private static final int ALL = 10_000;
  private static final String CORPUS = "asked-often";
  private static final int TOKENS = 6;
  private static final int STREAMED = 10;
  private static final int LEFT = 40;

  /** One stack of a thread more, or a page cache of a library; a leak of 8 KB a question is 64. */
  private static final long MOST_RSS_BYTES = 32 << 20;

  private static final long MOST_HEAP_BYTES = 2 << 20;
  private static final int MOST_FILES = 8;
  private static final int MOST_THREADS = 4;

  private final String database = PostgresForTests.createDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(
              database, PostgresForTests.user(), PostgresForTests.password()));

  @TempDir private Path data;

  /** What the process holds, at rest. */
  private record Held(long rssBytes, long heapBytes, long files, long threads) {}

  @Test
  void tenThousandQuestionsTakeNoMoreThanTwoThousand() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.start(data, database, "256m", "--cairn.answer.context-tokens=1024")) {
      Library library = new Library(service.http(), CORPUS);
      library.add("lamp.txt", "The lamp is lit at dusk and put out at dawn. ".repeat(40));
      EventClient events = new EventClient(service.http());
      ask(library, events, 0, FIRST);
      Held before = held(service.pid());
      ask(library, events, FIRST, ALL);
      Held after = held(service.pid());

      assertThat(after.rssBytes())
          .as(before + ", " + after)
          .isLessThan(before.rssBytes() + MOST_RSS_BYTES);
      assertThat(after.heapBytes()).isLessThan(before.heapBytes() + MOST_HEAP_BYTES);
      assertThat(after.files()).isLessThanOrEqualTo(before.files() + MOST_FILES);
      assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + MOST_THREADS);
      assertThat(answers("true")).isEqualTo(ALL);
    }
  }

  /** Four at once: most for JSON, some as streams, of which some are left at once. */
  private void ask(Library library, EventClient events, int from, int to) {
    IntStream.range(from, to)
        .parallel()
        .forEach(
            i -> {
              if (i % STREAMED == 0) {
                events.ask(CORPUS, question(i), i % LEFT == 0 ? 1 : Integer.MAX_VALUE);
              } else {
                assertThat(library.postJson(question(i)).status()).isEqualTo(200);
              }
            });
    await().atMost(Duration.ofMinutes(1)).until(() -> answers("state = 'RUNNING'") == 0);
  }

  private static String question(int number) {
    return "{\"question\":\"Who lit lamp %d?\",\"maxTokens\":%d}".formatted(number, TOKENS);
  }

  private long answers(String condition) {
    return jdbc.sql("select count(*) from answer where " + condition).query(Long.class).single();
  }

  private static Held held(long pid) throws IOException, InterruptedException {
    long heap = heapAfterCollection(pid);
    return new Held(rss(pid), heap, entries(pid, "fd"), entries(pid, "task"));
  }

  /** The last line of the histogram, whose third word is the bytes of all that is reachable. */
  private static long heapAfterCollection(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process = new ProcessBuilder(jcmd, "" + pid, "GC.class_histogram").start();
    String last = process.inputReader().readAllAsString().strip().lines().toList().getLast();
    assertThat(process.waitFor()).isZero();
    return Long.parseLong(last.split("\\s+")[2]);
  }

  private static long rss(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private static long entries(long pid, String folder) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/%d/%s".formatted(pid, folder)))) {
      return entries.count();
    }
  }
}

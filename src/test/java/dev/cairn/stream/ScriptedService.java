package dev.cairn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.ServiceProcess;
import dev.cairn.answer.Answer;
import dev.cairn.answer.Library;
import dev.cairn.database.PostgresForTests;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service in a JVM of its own with 1 GB of heap, whose answers are scripted. */
public final class ScriptedService implements AutoCloseable {

  static final String CORPUS = "scripted";
  public static final int PACE_MILLIS = 100;

  private final Path data;
  private final String database;
  private final ServiceProcess process;

  private ScriptedService(Path data, String database, ServiceProcess process) {
    this.data = data;
    this.database = database;
    this.process = process;
  }

  /** Starts it with a corpus of one document. */
  public static ScriptedService start(Path data, String... properties) throws IOException {
    ScriptedService service = start(data, PostgresForTests.createDatabase(), properties);
    new Library(service.http(), CORPUS).add("text.txt", "A text that is read. ".repeat(10));
    return service;
  }

  private static ScriptedService start(Path data, String database, String... properties)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(properties));
    all.addAll(
        List.of(
            "--scripted.pace=%dms".formatted(PACE_MILLIS),
            "--scripted.times=" + data.resolve("times"),
            "--cairn.answer.open-answers=600",
            "--cairn.answer.tenant-share=1",
            "--cairn.answer.context-tokens=100000",
            "--management.endpoints.web.exposure.include=health,metrics"));
    return new ScriptedService(
        data,
        database,
        ServiceProcess.start(
            ScriptedAnswers.class, data, database, "1g", all.toArray(String[]::new)));
  }

  /** Starts it again where another one has ended. */
  public ScriptedService again(String... properties) throws IOException {
    return start(data, database, properties);
  }

  public CairnHttp http() {
    return process.http();
  }

  ServiceProcess process() {
    return process;
  }

  JdbcClient jdbc() {
    return JdbcClient.create(
        new DriverManagerDataSource(
            database, PostgresForTests.user(), PostgresForTests.password()));
  }

  public StreamReader ask(long seed, int tokens) throws IOException {
    return StreamReader.ask(http().port(), CORPUS, seed, tokens);
  }

  /** A gauge of the service. */
  double meter(String name) {
    return http()
        .get("/actuator/metrics/" + name)
        .body()
        .path("measurements")
        .path(0)
        .path("value")
        .asDouble();
  }

  /** How many answers lie in the database in a state. */
  public int answers(Answer.State state) {
    return jdbc()
        .sql("select count(*) from answer where state = :state")
        .param("state", state.name())
        .query(Integer.class)
        .single();
  }

  /** When the tokens of each ended answer were written, by its seed. */
  Map<Long, long[]> writtenNanos() throws IOException {
    Map<Long, long[]> bySeed = new HashMap<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(data.resolve("times"))))) {
      while (in.available() > 0) {
        long seed = in.readLong();
        long[] nanos = new long[in.readInt()];
        for (int token = 0; token < nanos.length; token++) {
          nanos[token] = in.readLong();
        }
        bySeed.put(seed, nanos);
      }
    }
    return bySeed;
  }

  /** Nothing of any question is left: no place, stream, pinned chunk, open segment or thread. */
  void assertNothingIsLeft() throws IOException, InterruptedException {
    for (String gauge :
        List.of(
            "cairn.answers.open",
            "cairn.questions.waiting",
            "cairn.streams.open",
            "cairn.chunks.pinned")) {
      assertThat(meter(gauge)).as(gauge).isZero();
    }
    assertThat(openSegments()).isZero();
    assertThat(threadsOfAnswers()).isZero();
    assertThat(answers(Answer.State.RUNNING)).isZero();
  }

  private long openSegments() throws IOException {
    String blobs = data.toRealPath().resolve("blobs").toString();
    try (Stream<Path> open = Files.list(Path.of("/proc", "" + process.pid(), "fd"))) {
      return open.filter(file -> target(file).startsWith(blobs)).count();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  /** Virtual ones too, which only a dump of the threads shows. */
  private long threadsOfAnswers() throws IOException, InterruptedException {
    Path dump = data.resolve("threads-%d.txt".formatted(System.nanoTime()));
    jcmd("Thread.dump_to_file", dump.toString());
    try (Stream<String> lines = Files.lines(dump)) {
      return lines.filter(line -> line.contains("dev.cairn.answer.AnswerQuestion.answer(")).count();
    }
  }

  /** Bytes of the heap that are in use after a collection. */
  long liveHeapBytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    return (long) meter("jvm.memory.used?tag=area:heap");
  }

  /** Whether it computes next to nothing at this moment. */
  boolean isIdle() throws InterruptedException {
    Duration before = cpuTime();
    Thread.sleep(500);
    return cpuTime().minus(before).toMillis() < 100;
  }

  private Duration cpuTime() {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElseThrow();
  }

  private void jcmd(String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>();
    whole.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    whole.add("" + process.pid());
    whole.addAll(List.of(command));
    Process jcmd = new ProcessBuilder(whole).redirectErrorStream(true).start();
    String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(out).isZero();
  }

  @Override
  public void close() {
    process.close();
  }
}

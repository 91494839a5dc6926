package dev.cairn;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.mock.env.MockEnvironment;

/** The service in a JVM of its own, with the tiny checkpoint. */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final CairnHttp http;
  private final Path log;

  private ServiceProcess(Process process, CairnHttp http, Path log) {
    this.process = process;
    this.http = http;
    this.log = log;
  }

  /**
   * Starts it on a database of the tests and waits until it answers.
   *
   * @param heap as {@code 512m}
   * @param properties as {@code --name=value}
   */
  public static ServiceProcess start(Path data, String database, String heap, String... properties)
      throws IOException {
    return start(CairnApplication.class, data, database, heap, properties);
  }

  /**
   * @param program its main class
   */
  public static ServiceProcess start(
      Class<?> program, Path data, String database, String heap, String... properties)
      throws IOException {
    int port = freePort();
    return start(program, data, heap, port, ServiceArguments.of(database, data, port, properties));
  }

  /** Starts it with a database in its data folder and waits until it answers. */
  public static ServiceProcess startWithOwnDatabase(Path data, String heap, String... properties)
      throws IOException {
    int port = freePort();
    return start(
        CairnApplication.class,
        data,
        heap,
        port,
        ServiceArguments.ofOwnDatabase(data, port, properties));
  }

  private static ServiceProcess start(
      Class<?> program, Path data, String heap, int port, String... arguments) throws IOException {
    Path log = data.resolve("service-%d.log".formatted(port));
    Process process =
        new ProcessBuilder(command(program, heap, arguments))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    CairnHttp http =
        new CairnHttp(new MockEnvironment().withProperty("local.server.port", "" + port));
    ServiceProcess service = new ServiceProcess(process, http, log);
    await().atMost(PATIENCE).ignoreExceptions().until(service::answers);
    return service;
  }

  private static List<String> command(Class<?> program, String heap, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public CairnHttp http() {
    return http;
  }

  public long pid() {
    return process.pid();
  }

  /** What it printed. */
  public Path log() {
    return log;
  }

  public boolean answers() {
    return http.get("/api/v1/corpora").status() == 200;
  }

  /** Asks it to end, as SIGTERM does, and returns its exit code. */
  public int terminate(Duration patience) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("still running after " + patience);
    }
    return process.exitValue();
  }

  /** Ends it as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

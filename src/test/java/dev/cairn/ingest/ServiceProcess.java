package dev.cairn.ingest;

import static org.awaitility.Awaitility.await;

import dev.cairn.CairnApplication;
import dev.cairn.CairnHttp;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.mock.env.MockEnvironment;

/** The service in a JVM of its own, with the tiny checkpoint, on a database of the tests. */
final class ServiceProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final CairnHttp http;

  private ServiceProcess(Process process, CairnHttp http) {
    this.process = process;
    this.http = http;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param heap as {@code 512m}
   * @param properties as {@code --name=value}
   */
  static ServiceProcess start(Path data, String database, String heap, String... properties)
      throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(command(data, database, heap, port, List.of(properties)))
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("service-%d.log".formatted(port)).toFile())
            .start();
    CairnHttp http =
        new CairnHttp(new MockEnvironment().withProperty("local.server.port", "" + port));
    ServiceProcess service = new ServiceProcess(process, http);
    await().atMost(PATIENCE).ignoreExceptions().until(service::answers);
    return service;
  }

  private static List<String> command(
      Path data, String database, String heap, int port, List<String> properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            CairnApplication.class.getName(),
            "--server.port=" + port,
            "--spring.datasource.url=" + database,
            "--spring.datasource.username=" + PostgresForTests.user(),
            "--spring.datasource.password=" + PostgresForTests.password(),
            "--cairn.data=" + data,
            "--cairn.model=src/test/resources/golden/tiny",
            "--cairn.compute-path=FLOAT32",
            "--cairn.threads=1"));
    command.addAll(properties);
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  CairnHttp http() {
    return http;
  }

  boolean answers() {
    return http.get("/api/v1/corpora").status() == 200;
  }

  /** Ends it as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

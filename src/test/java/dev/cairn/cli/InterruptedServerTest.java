package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.client.Server;
import dev.cairn.database.PostgresForTests;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C or SIGTERM on a server with everything embedded: nothing stays that hinders the next
 * start.
 */
@Tag("slow")
class InterruptedServerTest {

  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  /** What its log says in the course of a start. */
  private static final List<String> STAGES =
      List.of(
          "Starting service",
          "HikariPool-1 - Start completed",
          "Initialized JPA EntityManagerFactory",
          "HQL parser",
          "Found matching platform",
          "Tomcat started");

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void aServerLeavesNoProcessAndStartsAgain() throws Exception {
    startAndInterrupt();
    startAndInterrupt();
  }

  private void startAndInterrupt() throws Exception {
    int port = freePort();
    try (CommandProcess serve = serve(port)) {
      awaitAnswer(port, serve);
      assertThat(processesOfTheFolder()).hasSizeGreaterThan(1);

      serve.interrupt();

      assertThat(serve.exitCode()).isEqualTo(INTERRUPTED);
      assertNothingLeft(serve);
    }
  }

  @Test
  void aServerThatIsStillStartingLeavesNoProcessAndStartsAgain() throws Exception {
    for (String sign : List.of("postgres.new", "postgres.log", "blobs")) {
      try (CommandProcess serve = serve(freePort())) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> Files.exists(data().resolve(sign)));

        serve.interrupt();

        assertThat(serve.exitCode()).as(serve.out()).isEqualTo(INTERRUPTED);
        assertNothingLeft(serve);
      }
    }
    startAndInterrupt();
  }

  @Test
  void aServerThatIsToldToEndAtAnyStageOfItsStartLeavesNoDatabase() throws Exception {
    for (String stage : STAGES) {
      try (CommandProcess serve =
          start("serve", "--server.port=" + freePort(), "--logging.level.root=info")) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> serve.out().contains(stage) || !serve.isAlive());
        terminate(serve);
      }
    }
    startAndInterrupt();
  }

  @Test
  void aServerThatIsToldToEndAfterAnyTimeLeavesNoDatabase() throws Exception {
    for (int seconds : List.of(1, 2, 4, 6, 8)) {
      try (CommandProcess serve = start("serve", "--server.port=" + freePort())) {
        Thread.sleep(Duration.ofSeconds(seconds));
        terminate(serve);
      }
    }
    startAndInterrupt();
  }

  private void terminate(CommandProcess serve) throws Exception {
    serve.terminate();

    assertThat(serve.exitCode()).as(serve.out()).isEqualTo(TERMINATED);
    assertNothingLeft(serve);
    assertThat(serve.out()).doesNotContain("Application run failed");
  }

  @Test
  void theDemoStopsTheServerThatItStarted() throws Exception {
    Path text = Files.writeString(folder.resolve("lamp.txt"), "The lamp is lit. ".repeat(100_000));
    int port = freePort();
    try (CommandProcess demo =
        start("demo", "--server=http://localhost:" + port, text.toString(), "Who?")) {
      await().atMost(PATIENCE).until(() -> demo.out().contains("Uploading") || !demo.isAlive());

      demo.interrupt();

      assertThat(demo.exitCode()).isEqualTo(INTERRUPTED);
      assertNothingLeft(demo);
      assertThat(demo.err()).doesNotContain("Exception");
    }
    startAndInterrupt();
  }

  private void assertNothingLeft(CommandProcess command) throws IOException {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(processesOfTheFolder()).isEmpty());
    assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
    assertThat(command.temporaryFiles()).isEmpty();
  }

  private List<String> processesOfTheFolder() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private CommandProcess serve(int port) throws Exception {
    return start("serve", "--server.port=" + port);
  }

  private CommandProcess start(String... arguments) throws Exception {
    Map<String, String> environment =
        Map.of(
            "CAIRN_DATA", data().toString(),
            "CAIRN_MODEL", "src/test/resources/golden/tiny",
            "CAIRN_COMPUTEPATH", "FLOAT32",
            "CAIRN_ANSWER_CONTEXTTOKENS", "512",
            "CAIRN_DATABASE_PROGRAMS", PostgresForTests.PROGRAMS.toAbsolutePath().toString());
    return CommandProcess.start(folder, environment, arguments);
  }

  private static void awaitAnswer(int port, CommandProcess serve) {
    Server server = new Server(URI.create("http://localhost:" + port));
    await().atMost(PATIENCE).until(() -> server.answers() || !serve.isAlive());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

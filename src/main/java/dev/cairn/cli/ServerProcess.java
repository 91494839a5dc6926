package dev.cairn.cli;

import dev.cairn.client.Server;
import dev.cairn.client.ServerProblemException;
import dev.cairn.terminal.AtExit;
import dev.cairn.terminal.Progress;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that this command started and stops again, also when it is interrupted. */
final class ServerProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int LOG_LINES = 20;

  private final Process process;
  private final URI address;
  private final Path log;
  private final AtExit atExit;

  private ServerProcess(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
    this.atExit = new AtExit("stop-server", this::stop);
  }

  /**
   * Starts a server on this machine and waits until it answers.
   *
   * @param wantedPort is taken when it is free, any other when not
   * @param log takes what it prints
   * @param settings arguments besides
   * @throws ServerProblemException when it ends or does not answer within five minutes
   */
  static ServerProcess start(int wantedPort, Path log, String... settings)
      throws IOException, InterruptedException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    int port = freePort(wantedPort);
    var builder =
        new ProcessBuilder(command(port, settings))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(LaunchSettings.load().environment());
    var server = new ServerProcess(builder.start(), URI.create("http://localhost:" + port), log);
    try (var progress = Progress.of("Starting the server")) {
      server.awaitAnswer();
    }
    return server;
  }

  Server connect() {
    return new Server(address);
  }

  @Override
  public void close() {
    if (atExit.takeBack()) {
      stop();
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!connect().answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new ServerProblemException("not_started", failure());
      }
      Thread.sleep(INTERVAL);
    }
  }

  private String failure() throws IOException {
    List<String> lines = Files.readAllLines(log);
    String end =
        String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    return end + "\nThe server did not start; all it printed is in " + log;
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private static List<String> command(int port, String... settings) {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(LaunchSettings.load().javaOptions());
    command.addAll(program(System.getProperty("java.class.path")));
    command.add("--server.port=" + port);
    command.addAll(List.of(settings));
    return command;
  }

  /** The jar that this command runs from, or the class path of a build that has none. */
  private static List<String> program(String classPath) {
    boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    return jar
        ? List.of("-jar", classPath)
        : List.of("-cp", classPath, "dev.cairn.CairnApplication");
  }

  private static int freePort(int wanted) throws IOException {
    try (var socket = new ServerSocket(Math.max(wanted, 0))) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      return freePort(0);
    }
  }
}

package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command in a process group of its own, as a terminal starts it: Ctrl-C reaches all of the
 * group. What it prints and its temporary files lie in a folder.
 */
final class CommandProcess implements AutoCloseable {

  private static final int LIMIT_SECONDS = 120;

  /** A job in the background of a shell ignores SIGINT, and its children would, too. */
  private static final List<String> AS_FROM_A_TERMINAL =
      List.of("setsid", "env", "--default-signal=INT");

  private final Process process;
  private final Path folder;

  private CommandProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  static CommandProcess start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(canLaunch(), "needs setsid, and env of GNU coreutils 8.31 or newer");
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>(AS_FROM_A_TERMINAL);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LaunchSettings.load().javaOptions());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.cairn.CairnApplication");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start(), folder);
  }

  private static boolean canLaunch() throws InterruptedException {
    List<String> nothing = new ArrayList<>(AS_FROM_A_TERMINAL);
    nothing.add("true");
    try {
      return new ProcessBuilder(nothing).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    signal("INT");
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM to the program alone, as an operating system or a container engine ends it. */
  void terminate() {
    process.destroy();
  }

  private void signal(String name) throws IOException, InterruptedException {
    String kill = "kill -%s -%d".formatted(name, process.pid());
    new ProcessBuilder("sh", "-c", kill).inheritIO().start().waitFor();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ends in time").isTrue();
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** What it has not removed of its temporary files. */
  List<Path> temporaryFiles() throws IOException {
    try (var files = Files.walk(folder.resolve("tmp"))) {
      return files.skip(1).toList();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process.isAlive()) {
      signal("KILL");
    }
    process.onExit().join();
  }
}

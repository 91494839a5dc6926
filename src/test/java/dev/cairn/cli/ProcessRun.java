package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command as a process of its own, with the streams and the environment that the system gives.
 */
final class ProcessRun {

  private static final int LIMIT_SECONDS = 120;

  private ProcessRun() {}

  /** The command line in a JVM. */
  static ProcessBuilder java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.cairn.CairnApplication");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /**
   * Runs it to its end.
   *
   * @param folder takes what it prints
   */
  static CommandRun toEnd(ProcessBuilder builder, Path folder)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    if (builder.redirectOutput() == ProcessBuilder.Redirect.PIPE) {
      builder.redirectOutput(out.toFile());
    }
    Process process = builder.redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ends in time").isTrue();
    } finally {
      process.destroy();
    }
    String printed = Files.exists(out) ? Files.readString(out) : "";
    return new CommandRun(process.exitValue(), printed, Files.readString(err));
  }
}

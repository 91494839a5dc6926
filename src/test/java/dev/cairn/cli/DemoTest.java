package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo as a user does: a process of its own, which starts and stops a server. */
class DemoTest {

  private static final String TINY = "src/test/resources/golden/tiny";
  private static final int LIMIT_SECONDS = 300;

  @TempDir private Path data;

  @Test
  void anOwnTextIsEncodedAndAnsweredWithQuotes() throws Exception {
    String printed = demo(TINY, contract(), "Who signed it?");

    assertThat(printed).contains("encoded in", "? Who signed it?", "\"Lucas signed it.", "chunks");
    assertThat(printed).contains("The server is stopped", "./cairn ask --corpus demo-");
    assertThat(printed)
        .containsPattern("serve --server.port=\\d+ --cairn.data=" + data)
        .containsPattern("ask --corpus demo-\\w+ --server http://localhost:\\d+ ");
  }

  @Test
  @Tag("slow")
  void aSecondRunFindsTheTextEncoded() throws Exception {
    String first = demo(TINY, contract(), "Who signed it?");
    String second = demo(TINY, contract(), "Who signed it?");

    assertThat(second).contains("encoded before, nothing to do");
    assertThat(answer(second)).isEqualTo(answer(first));
  }

  @Test
  @Tag("slow")
  void theBundledTextIsAnsweredWithQuotes() throws Exception {
    String printed = demo("models/cairn-0.5b");

    assertThat(printed.lines().filter(line -> line.startsWith("? "))).hasSize(4);
    assertThat(printed.lines().filter(line -> line.contains(", characters ")))
        .hasSizeGreaterThanOrEqualTo(3);
  }

  private String contract() throws IOException {
    return Files.writeString(data.resolve("contract.txt"), "Lucas signed it. ".repeat(50))
        .toString();
  }

  /** The line behind the question. */
  private static String answer(String printed) {
    return printed.lines().dropWhile(line -> !line.startsWith("? ")).skip(1).findFirst().orElse("");
  }

  private String demo(String model, String... arguments) throws Exception {
    var builder = new ProcessBuilder(command(arguments)).redirectErrorStream(true);
    builder.environment().put("CAIRN_DATA", data.toString());
    builder.environment().put("CAIRN_MODEL", model);
    // The tiny checkpoint's window is shorter than a question.
    builder.environment().put("CAIRN_ANSWER_CONTEXTTOKENS", "512");
    Path output = data.resolve("output.txt");
    Process process = builder.redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ends in time").isTrue();
    } finally {
      process.destroy();
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private static List<String> command(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cairn.CairnApplication",
                "demo",
                "--server",
                "http://localhost:" + freePort()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

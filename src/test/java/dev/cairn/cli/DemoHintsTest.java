package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DemoHintsTest {

  private static final DemoText TEXT = text("Who signed it?");
  private static final DemoHints USUAL = new DemoHints(URI.create("http://localhost:8080"));
  private static final DemoHints OTHER = new DemoHints(URI.create("http://localhost:9000"));

  @Test
  void whatIsUsualIsNotSaid() {
    assertThat(printed(out -> USUAL.printServe(Path.of("data"), "/opt/models/cairn-0.5b", out)))
        .endsWith(": ./cairn serve");
    assertThat(printed(out -> USUAL.printNext(TEXT, out)))
        .contains("  ./cairn ask --corpus demo \"Who signed it?\"\n")
        .endsWith("  ./cairn demo FILE \"QUESTION\"");
  }

  @Test
  void anotherServerIsNamedInEveryCommandThatAsksIt() {
    assertThat(printed(out -> OTHER.printNext(TEXT, out)))
        .contains("./cairn ask --corpus demo --server http://localhost:9000 \"Who signed it?\"")
        .contains("./cairn demo --server http://localhost:9000 FILE");
  }

  @Test
  void thePortTheDataAndTheModelOfTheDemoAreNamed() {
    assertThat(printed(out -> OTHER.printServe(Path.of("/srv/my data"), "/models/other", out)))
        .endsWith(
            "./cairn serve --server.port=9000 --cairn.data=\"/srv/my data\" --cairn.model=/models/other");
    assertThat(printed(out -> USUAL.printServe(Path.of("elsewhere"), null, out)))
        .endsWith("./cairn serve --cairn.data=" + Path.of("elsewhere").toAbsolutePath());
  }

  @Test
  void aShellLeavesTheQuestionAsItWas() throws Exception {
    String question = "What does \"$HOME\" cost, isn't it `free`?";
    String hint =
        printed(out -> USUAL.printNext(text(question), out))
            .lines()
            .filter(line -> line.contains(" ask "))
            .findFirst()
            .orElseThrow();
    String command = hint.replace("./cairn ask --corpus demo", "printf %s");
    Process shell = new ProcessBuilder("sh", "-c", command).start();

    assertThat(new String(shell.getInputStream().readAllBytes())).isEqualTo(question);
  }

  private static DemoText text(String question) {
    return new DemoText(Path.of("contract.txt"), "demo", List.of(question));
  }

  private static String printed(Consumer<PrintWriter> hints) {
    var printed = new StringWriter();
    hints.accept(new PrintWriter(printed));
    return printed.toString().strip();
  }
}

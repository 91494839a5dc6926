package dev.cairn.cli;

import dev.cairn.client.Server;
import dev.cairn.client.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job from end to end, on the running server or on one that it starts and stops. */
@Command(
    name = "demo",
    description = {
      "Encode a text once and ask it: the bundled text, or your own file.",
      "Uses the server at --server; when none answers there, starts one and stops it at the end.",
      "What was encoded stays: the next run asks at once."
    },
    footer = {"%nExamples:", "  cairn demo", "  cairn demo contract.txt \"Who signed it?\""})
final class DemoCommand implements Callable<Integer> {

  private static final Path DATA =
      Path.of(Objects.requireNonNullElse(System.getenv("CAIRN_DATA"), "data"));

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions options = new ServerOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Your own text.")
  private @Nullable Path file;

  @Parameters(index = "1", arity = "0..1", paramLabel = "QUESTION", description = "About it.")
  private @Nullable String question;

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireQuestionWithFile();
    Server running = options.connect();
    if (running.answers()) {
      runOn(running, text());
    } else {
      runOnOwnServer(options.localPort(), text());
    }
    return 0;
  }

  private void requireQuestionWithFile() {
    if (file != null && question == null) {
      throw new ParameterException(spec.commandLine(), "a FILE needs a QUESTION about it");
    }
  }

  private DemoText text() throws IOException {
    return file == null || question == null ? DemoText.bundled(DATA) : DemoText.of(file, question);
  }

  private void runOn(Server server, DemoText text) throws IOException, InterruptedException {
    out().printf("Using the server at %s.%n", server.address());
    new Demo(server, out(), err()).run(text);
    new DemoHints(server.address()).printNext(text, out());
  }

  private void runOnOwnServer(int port, DemoText text) throws IOException, InterruptedException {
    Path log = DATA.resolve("demo.log");
    out().printf("Starting a server. Its data: %s. Its log: %s.%n", DATA, log);
    DemoHints hints;
    // Named, so that it is the folder that is told, whatever else sets one.
    try (ServerProcess server = ServerProcess.start(port, log, "--cairn.data=" + DATA)) {
      hints = new DemoHints(server.connect().address());
      new Demo(server.connect(), out(), err()).run(text);
    }
    out().printf("%nThe server is stopped. What it encoded stays in %s.%n", DATA);
    hints.printServe(DATA, System.getenv("CAIRN_MODEL"), out());
    hints.printNext(text, out());
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

package dev.cairn.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Commands to go on with after the demo. They name what another server would not have anyway. */
final class DemoHints {

  private static final URI USUAL_SERVER = URI.create("http://localhost:8080");
  private static final Path USUAL_DATA = Path.of("data");
  private static final Path USUAL_MODEL = Path.of("models", "cairn-0.5b");

  private final URI server;

  /**
   * @param server where the demo was asked
   */
  DemoHints(URI server) {
    this.server = server;
  }

  /**
   * How to start a server like the one that was stopped.
   *
   * @param model null for the one that comes with Cairn
   */
  void printServe(Path data, @Nullable String model, PrintWriter out) {
    var command = new StringBuilder("./cairn serve");
    if (server.getPort() != USUAL_SERVER.getPort()) {
      command.append(" --server.port=").append(server.getPort());
    }
    if (!data.equals(USUAL_DATA)) {
      command.append(" --cairn.data=").append(word(data.toAbsolutePath()));
    }
    // The launcher names the usual one when it is called from elsewhere.
    if (model != null && !Path.of(model).endsWith(USUAL_MODEL)) {
      command.append(" --cairn.model=").append(word(Path.of(model).toAbsolutePath()));
    }
    out.printf("To go on, start it in another terminal: %s%n", command);
  }

  void printNext(DemoText text, PrintWriter out) {
    String to = server.equals(USUAL_SERVER) ? "" : " --server " + server;
    String question = quoted(text.questions().getFirst());
    out.printf("%nNext:%n  ./cairn ask --corpus %s%s %s%n", text.corpus(), to, question);
    out.printf("  ./cairn demo%s FILE \"QUESTION\"%n", to);
  }

  private static String word(Path path) {
    String text = path.normalize().toString();
    return text.matches("[\\w./@%+:,-]+") ? text : quoted(text);
  }

  /** For a shell, in which a few characters mean something within double quotes. */
  private static String quoted(String text) {
    return text.matches("[^\"$`\\\\!]*")
        ? '"' + text + '"'
        : "'" + text.replace("'", "'\\''") + "'";
  }
}

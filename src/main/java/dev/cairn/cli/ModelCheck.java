package dev.cairn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * Tries a checkpoint on a file, with a server and data of its own that go away again. The answer is
 * printed as the model wrote it, with the evidence that speaks for it.
 */
final class ModelCheck {

  private final PrintWriter out;
  private final PrintWriter err;

  ModelCheck(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  void run(Path model, String question, Path file) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("cairn-check");
    try (ServerProcess server =
        ServerProcess.start(
            0,
            data.resolve("server.log"),
            "--cairn.model=" + model.toAbsolutePath(),
            "--cairn.data=" + data)) {
      run(server.connect(), DemoText.of(file, question), question);
    } finally {
      FileSystemUtils.deleteRecursively(data);
    }
  }

  private void run(Server server, DemoText text, String question)
      throws IOException, InterruptedException {
    Encoded encoded = new Upload(server, err).run(text.corpus(), text.file(), null, id -> {});
    out.printf("%n%s.%n%n? %s%n", encoded.summary(), question);
    JsonNode answer =
        server.post(
            Map.of("question", question, "minEvidence", -1), "corpora/%s/questions", text.corpus());
    PrintedAnswer.of(answer).print(out);
    out.printf("  Evidence %.2f.%n", answer.path("evidence").asDouble());
  }
}

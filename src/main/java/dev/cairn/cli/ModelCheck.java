package dev.cairn.cli;

import dev.cairn.client.Encoded;
import dev.cairn.client.PrintedAnswer;
import dev.cairn.client.Server;
import dev.cairn.client.Upload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** Tries a checkpoint on a file, with a server and data of its own that go away again. */
final class ModelCheck {

  private final PrintWriter err;

  /**
   * @param err told of progress
   */
  ModelCheck(PrintWriter err) {
    this.err = err;
  }

  /**
   * What came of it.
   *
   * @param encoded what encoding the file took
   * @param answer as the model wrote it, whatever speaks for it
   */
  record Tried(String encoded, JsonNode answer) {

    void print(PrintWriter out) {
      out.printf("%n%s.%n%n", encoded);
      PrintedAnswer.of(answer).print(out);
      out.printf("  Evidence %.2f.%n", answer.path("evidence").asDouble());
    }
  }

  Tried run(Path model, String question, Path file) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("cairn-check");
    try (ServerProcess server =
        ServerProcess.start(
            0,
            data.resolve("server.log"),
            "--cairn.model=" + model.toAbsolutePath(),
            "--cairn.data=" + data)) {
      return run(server.connect(), DemoText.of(file, question), question);
    } finally {
      FileSystemUtils.deleteRecursively(data);
    }
  }

  private Tried run(Server server, DemoText text, String question)
      throws IOException, InterruptedException {
    Encoded encoded = new Upload(server, err).run(text.corpus(), text.file(), null, id -> {});
    JsonNode answer =
        server.post(
            Map.of("question", question, "minEvidence", -1), "corpora/%s/questions", text.corpus());
    return new Tried(encoded.summary(), answer);
  }
}

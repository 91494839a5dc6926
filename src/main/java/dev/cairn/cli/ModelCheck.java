package dev.cairn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Tries a checkpoint on a file, with a server and data of its own that go away again. */
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
      new Demo(server.connect(), out, err).run(DemoText.of(file, question));
    } finally {
      FileSystemUtils.deleteRecursively(data);
    }
  }
}

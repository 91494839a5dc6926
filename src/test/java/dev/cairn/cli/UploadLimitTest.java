package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@CairnTest
class UploadLimitTest {

  private static final long ABOVE_THE_LIMIT = 150_000_000;

  @Autowired private CairnHttp http;

  @Test
  void aFileThatIsTooLargeIsRefusedWithWhatToDo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.txt");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(ABOVE_THE_LIMIT);
    }

    CommandRun run =
        CommandRun.of(
            "document",
            "upload",
            "--server",
            "http://localhost:" + http.port(),
            "--corpus",
            "limits",
            file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("cairn.ingest.upload-limit").contains("(too_large)");
  }
}

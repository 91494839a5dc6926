package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that stage files in one folder. */
class StagingTest {

  @TempDir private Path root;

  /** Stages a file, says so and waits to be killed. */
  static final class OtherProcess {

    private OtherProcess() {}

    public static void main(String[] arguments) throws Exception {
      try (StagedBlob blob = new LocalBlobStore(Path.of(arguments[0])).stage()) {
        blob.write(ByteBuffer.wrap(new byte[100]));
        System.out.println("staged");
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void whatAnotherProcessWritesStaysUntilThatIsGone() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("staged");
      assertThat(staged()).hasSize(1);
      Files.setLastModifiedTime(staged().getFirst(), FileTime.from(Instant.EPOCH));

      new LocalBlobStore(root);
      assertThat(staged()).as("while it is written").hasSize(1);

      other.destroyForcibly().waitFor();
      new LocalBlobStore(root);
      assertThat(staged()).as("when its writer was killed").isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  private List<Path> staged() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(".staging"))) {
      return files.toList();
    }
  }
}

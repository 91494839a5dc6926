package dev.cairn.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A disk of its own size, in memory. Where none may be mounted, the test is skipped. */
final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  static SmallDisk mount(int megabytes) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("cairn-small-disk-");
    String said =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "cairn", "" + folder);
    if (said != null) {
      Files.delete(folder);
    }
    assumeTrue(said == null, "a file system in memory cannot be mounted here: " + said);
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Another program has all but so many bytes from now on. */
  void fill(long left) throws IOException {
    try (FileChannel out =
        FileChannel.open(other(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(out.size() + Math.min(0, free() - left));
      while (free() > left && grow(out)) {}
    }
  }

  /** False when somebody else took the rest. */
  private static boolean grow(FileChannel out) {
    try {
      return out.write(ByteBuffer.allocate(BLOCK), out.size()) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** It gives all of it back. */
  void empty() throws IOException {
    Files.deleteIfExists(other());
  }

  private Path other() {
    return folder.resolve("other");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    assertThat(run("umount", folder.toString())).isNull();
    Files.delete(folder);
  }

  /** Null when it succeeded, else what it said. */
  private static @Nullable String run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      byte[] said = process.getInputStream().readAllBytes();
      return process.waitFor() == 0 ? null : new String(said, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}

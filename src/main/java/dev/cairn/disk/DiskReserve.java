package dev.cairn.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A file that holds room. PostgreSQL writes even to delete, and ends when it cannot write its log;
 * so does every answer that is kept. Its bytes are random, since file systems may pack others.
 */
final class DiskReserve {

  private static final int BLOCK = 1 << 20;

  private final Path file;
  private final long bytes;

  DiskReserve(Path folder, long bytes) {
    this.file = folder.resolve("disk-reserve");
    this.bytes = bytes;
  }

  /** Bytes that are not held yet. */
  long missing() throws IOException {
    return isHeld() ? 0 : bytes;
  }

  private boolean isHeld() throws IOException {
    return bytes == 0 || (Files.exists(file) && Files.size(file) == bytes);
  }

  /**
   * @throws IOException when there is no room; nothing is held then
   */
  void hold() throws IOException {
    if (isHeld()) {
      return;
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out);
    } catch (IOException e) {
      release();
      throw e;
    }
  }

  private void write(OutputStream out) throws IOException {
    SplittableRandom random = new SplittableRandom();
    byte[] block = new byte[BLOCK];
    for (long left = bytes; left > 0; left -= block.length) {
      random.nextBytes(block);
      out.write(block, 0, (int) Math.min(left, block.length));
    }
  }

  void release() throws IOException {
    Files.deleteIfExists(file);
  }
}

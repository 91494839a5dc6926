package dev.cairn.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A safetensors file that is read by position; nothing is memory-mapped. Safe for many threads.
 * Interrupting a thread that reads closes the file.
 */
public final class SafetensorsFile implements AutoCloseable {

  private final FileChannel channel;
  private final SafetensorsHeader header;

  private SafetensorsFile(FileChannel channel, SafetensorsHeader header) {
    this.channel = channel;
    this.header = header;
  }

  /**
   * @throws SafetensorsException when the header is malformed or does not fit the file
   */
  public static SafetensorsFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new SafetensorsFile(channel, readHeader(channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static SafetensorsHeader readHeader(FileChannel channel) throws IOException {
    long length = channel.size();
    byte[] prefix = new byte[(int) Math.min(length, SafetensorsHeader.PREFIX_BYTES)];
    fill(channel, 0, ByteBuffer.wrap(prefix));
    byte[] json = new byte[SafetensorsHeader.jsonLength(prefix, length)];
    fill(channel, SafetensorsHeader.PREFIX_BYTES, ByteBuffer.wrap(json));
    return SafetensorsHeader.parse(json, length);
  }

  private static void fill(FileChannel channel, long from, ByteBuffer target) throws IOException {
    long position = from;
    while (target.hasRemaining()) {
      int read = channel.read(target, position);
      if (read < 0) {
        throw new SafetensorsException(
            SafetensorsException.Reason.TRUNCATED, "the file ends at byte " + position);
      }
      position += read;
    }
  }

  public SafetensorsHeader header() {
    return header;
  }

  /**
   * Copies a tensor's bytes (little-endian) to the target's position and advances it.
   *
   * @param entry one of this file's
   * @param target with room for the entry's length
   * @throws SafetensorsException when the file was truncated after it was opened
   */
  public void read(TensorEntry entry, ByteBuffer target) throws IOException {
    if (target.remaining() < entry.length()) {
      throw new IllegalArgumentException(
          "%d bytes are too few for %s".formatted(target.remaining(), entry.name()));
    }
    ByteBuffer room = target.slice(target.position(), (int) entry.length());
    fill(channel, entry.offset(), room);
    target.position(target.position() + (int) entry.length());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

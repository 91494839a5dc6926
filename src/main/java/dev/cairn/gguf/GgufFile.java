package dev.cairn.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.SortedMap;

/**
 * One GGUF file that is read by position; nothing is memory-mapped. Safe for many threads.
 * Interrupting a thread that reads closes the file.
 */
public final class GgufFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private final GgufHeader header;

  private GgufFile(Path path, FileChannel channel, GgufHeader header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
  }

  /**
   * @throws GgufException when the header is malformed or does not fit the file
   */
  public static GgufFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new GgufFile(path, channel, GgufHeader.read(new GgufInput(path, channel)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  public GgufMetadata metadata() {
    return header.metadata();
  }

  /** The tensors by name. */
  public SortedMap<String, GgufTensor> tensors() {
    return Collections.unmodifiableSortedMap(header.tensors());
  }

  /**
   * Copies bytes of a tensor until the target is full, and advances it.
   *
   * @param tensor one of this file's
   * @param from the first byte to copy, counted from the tensor's first
   * @param target with no more room than the tensor has bytes from there on
   * @throws GgufException when the file was truncated after it was opened
   */
  public void read(GgufTensor tensor, long from, ByteBuffer target) throws IOException {
    if (from < 0 || target.remaining() > tensor.length() - from) {
      throw new IllegalArgumentException(
          "%s has no %d bytes from %d on".formatted(tensor.name(), target.remaining(), from));
    }
    long position = tensor.offset() + from;
    while (target.hasRemaining()) {
      int read = channel.read(target, position);
      if (read < 0) {
        throw new GgufException(
            GgufException.Reason.TRUNCATED,
            "%s ends at byte %d, inside of tensor %s".formatted(path, position, tensor.name()));
      }
      position += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

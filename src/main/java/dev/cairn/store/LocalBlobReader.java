package dev.cairn.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Positional reads of a file. Interrupting a thread that reads closes the reader for all. */
public final class LocalBlobReader implements BlobReader {

  private final FileChannel channel;

  private final long length;

  private LocalBlobReader(FileChannel channel, long length) {
    this.channel = channel;
    this.length = length;
  }

  public static LocalBlobReader open(Path file) throws IOException {
    long length = Files.size(file);
    return new LocalBlobReader(FileChannel.open(file, StandardOpenOption.READ), length);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void readFully(long position, ByteBuffer target) throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      int read = channel.read(target, next);
      if (read < 0) {
        throw new EOFException("the blob ends before byte " + (next + target.remaining()));
      }
      next += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

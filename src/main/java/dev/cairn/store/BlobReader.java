package dev.cairn.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Positional reads of one blob. Safe for many threads; reading after close is an IOException. */
public interface BlobReader extends Closeable {

  long length();

  /**
   * Fills the target's remaining bytes from the position on.
   *
   * @throws java.io.EOFException when the blob ends before the target is full
   */
  void readFully(long position, ByteBuffer target) throws IOException;
}

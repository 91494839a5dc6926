package dev.cairn.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A blob being written. Closing it unpublished discards it. Used by one thread. */
public interface StagedBlob extends WritableByteChannel, Closeable {

  /** Bytes written so far. */
  long length();

  /**
   * Makes the bytes durable and visible under the key, at once.
   *
   * @throws BlobExistsException when the key is taken; what stands there stays
   * @throws IOException when the bytes could not be made durable; nothing is visible then
   */
  void publish(String key) throws IOException;
}

package dev.cairn.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/**
 * Named bytes. A blob is immutable: it appears whole and durable, or not at all. Keys are relative
 * paths of {@code [a-z0-9._-]} segments joined by {@code /}; a segment has 1 to 255 characters and
 * does not begin with a dot, a key has at most 1,024. Any other key is an IllegalArgumentException.
 * Safe for many threads.
 */
public interface BlobStore {

  /** Starts a blob that nobody sees until it is published. */
  StagedBlob stage() throws IOException;

  /**
   * A reader for positional reads.
   *
   * @throws BlobMissingException when there is no such blob
   */
  BlobReader open(String key) throws IOException;

  /** Reads a blob from its first byte. */
  InputStream stream(String key) throws IOException;

  boolean exists(String key) throws IOException;

  /** Removes a blob, durably. Returns false when there is none. */
  boolean delete(String key) throws IOException;

  /** The keys that begin with the prefix, in no order. To be closed. */
  Stream<String> list(String prefix) throws IOException;
}

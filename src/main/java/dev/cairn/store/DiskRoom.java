package dev.cairn.store;

import java.io.IOException;

/** What a store asks before it writes, so that it never takes the last of a disk. */
@FunctionalInterface
public interface DiskRoom {

  /**
   * @throws IOException when there is no room for blobs
   */
  void require() throws IOException;
}

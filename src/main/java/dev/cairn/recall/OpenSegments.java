package dev.cairn.recall;

import dev.cairn.segment.SegmentChunks;
import dev.cairn.segment.SegmentException;
import dev.cairn.store.BlobStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The segment files that one question reads, opened when first needed. Used by one thread. */
final class OpenSegments implements Closeable {

  private final BlobStore store;

  private final Map<UUID, SegmentChunks> open = new HashMap<>();

  OpenSegments(BlobStore store) {
    this.store = store;
  }

  /** Something read from a segment. */
  interface Read<T> {
    T from(SegmentChunks chunks) throws IOException;
  }

  /**
   * @throws UnreadableSegmentException when the segment cannot be read or is damaged
   */
  <T> T read(PlacedSlab slab, Read<T> read) {
    try {
      return read.from(open(slab));
    } catch (IOException | SegmentException e) {
      throw new UnreadableSegmentException(slab.document(), slab.segment(), e);
    }
  }

  private SegmentChunks open(PlacedSlab slab) throws IOException {
    UUID id = slab.segment().segmentId();
    SegmentChunks chunks = open.get(id);
    if (chunks == null) {
      chunks = new SegmentChunks(store.open(slab.segment().blobKey()), slab.slab().index());
      open.put(id, chunks);
    }
    return chunks;
  }

  @Override
  public void close() {
    for (SegmentChunks chunks : open.values()) {
      try {
        chunks.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    open.clear();
  }
}

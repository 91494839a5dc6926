package dev.cairn.recall;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.model.ChunkRange;
import dev.cairn.segment.SegmentException;
import dev.cairn.segment.SegmentRef;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The slabs that one question reads, numbered through, held until closed. */
final class HeldSlabs implements AutoCloseable {

  private final SlabCache cache;

  private final List<PlacedSlab> slabs = new ArrayList<>();

  private long loadedBytes;

  HeldSlabs(SlabCache cache) {
    this.cache = cache;
  }

  /**
   * Adds all chunks of a document behind those that are there.
   *
   * @throws UnreadableSegmentException when a segment is damaged or cannot be read
   */
  void add(VisibleDocument document) {
    int chunks = document.segments().stream().mapToInt(SegmentRef::chunks).sum();
    if (chunks > 0) {
      ChunkRange all = new ChunkRange(size(), size() + chunks);
      for (SegmentRef segment : document.segments()) {
        SegmentSlab slab = hold(document, segment);
        slabs.add(new PlacedSlab(document, segment, slab, size(), all));
      }
    }
  }

  private SegmentSlab hold(VisibleDocument document, SegmentRef segment) {
    requireSameFingerprint(segment);
    try {
      SlabCache.Held held = cache.hold(segment);
      loadedBytes += held.loadedBytes();
      return held.slab();
    } catch (SegmentException e) {
      throw new UnreadableSegmentException(document, segment, e);
    } catch (UncheckedIOException e) {
      throw new UnreadableSegmentException(document, segment, Objects.requireNonNull(e.getCause()));
    }
  }

  private void requireSameFingerprint(SegmentRef segment) {
    if (!slabs.isEmpty()
        && !slabs.getFirst().segment().fingerprint().equals(segment.fingerprint())) {
      throw new IllegalArgumentException("a question reads segments of one fingerprint only");
    }
  }

  /** In the order of their chunks. */
  List<PlacedSlab> all() {
    return Collections.unmodifiableList(slabs);
  }

  int size() {
    return slabs.isEmpty() ? 0 : slabs.getLast().endChunk();
  }

  /** The one that a chunk lies in. */
  PlacedSlab of(int chunk) {
    int low = 0;
    int high = slabs.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (chunk < slabs.get(middle).endChunk()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return slabs.get(low);
  }

  /** Bytes that had to be loaded from the store. */
  long loadedBytes() {
    return loadedBytes;
  }

  @Override
  public void close() {
    slabs.forEach(placed -> placed.slab().release());
    slabs.clear();
  }
}

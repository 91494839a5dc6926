package dev.cairn.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.cairn.segment.SegmentFile;
import dev.cairn.segment.SegmentRef;
import dev.cairn.store.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The slabs of the segments that were asked last, up to a number of bytes. Slabs that questions
 * hold beyond that stay until they are released. Safe for many threads.
 */
final class SlabCache implements AutoCloseable {

  private final BlobStore store;

  private final Cache<UUID, SegmentSlab> slabs;

  /**
   * @param maxBytes outside the heap
   */
  SlabCache(BlobStore store, long maxBytes) {
    this.store = store;
    this.slabs =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((UUID id, SegmentSlab slab) -> Math.toIntExact(slab.byteSize()))
            .executor(Runnable::run)
            .removalListener(SlabCache::onRemoval)
            .build();
  }

  private static void onRemoval(@Nullable UUID id, @Nullable SegmentSlab slab, RemovalCause cause) {
    if (slab != null) {
      slab.release();
    }
  }

  /**
   * A slab that the caller holds and must release.
   *
   * @param loadedBytes read from the store for it; 0 when it was there
   */
  record Held(SegmentSlab slab, long loadedBytes) {}

  /**
   * The slab of a segment, loaded and verified when it is not there.
   *
   * @throws SegmentException when the file is not what the manifest says
   * @throws UncheckedIOException when it is missing or cannot be read
   */
  Held hold(SegmentRef segment) {
    SegmentSlab present = slabs.getIfPresent(segment.segmentId());
    return present != null && present.hold() ? new Held(present, 0) : holdOrLoad(segment);
  }

  /** Holds inside of compute, before the cache may evict what it just took in. */
  private Held holdOrLoad(SegmentRef segment) {
    AtomicBoolean loaded = new AtomicBoolean();
    SegmentSlab slab =
        slabs
            .asMap()
            .compute(
                segment.segmentId(),
                (id, present) -> {
                  loaded.set(present == null);
                  SegmentSlab held = present == null ? load(segment) : present;
                  held.hold();
                  return held;
                });
    return new Held(slab, loaded.get() ? slab.storedBytes() : 0);
  }

  private SegmentSlab load(SegmentRef segment) {
    try (SegmentFile file = SegmentFile.open(store.open(segment.blobKey()), segment)) {
      return new SegmentSlab(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The segments that slabs are kept of. */
  Set<UUID> segments() {
    return Set.copyOf(slabs.asMap().keySet());
  }

  /** Lets go of the slabs of these segments. */
  void forget(Collection<UUID> segmentIds) {
    slabs.invalidateAll(segmentIds);
  }

  /** Lets go of all slabs; those that questions hold stay until they are released. */
  @Override
  public void close() {
    slabs.invalidateAll();
  }
}

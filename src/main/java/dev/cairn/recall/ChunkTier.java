package dev.cairn.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the chunks that questions read, in memory outside the heap, up to a number of
 * bytes. Which chunks stay is Caffeine's choice; a slot is used again only when its last reader is
 * done. Safe for many threads.
 */
final class ChunkTier implements AutoCloseable {

  /**
   * One in so many slots is left out of the cache: for chunks that are being read while the cache
   * has let go of them already.
   */
  private static final int SPARE = 8;

  private final SlotPool pool;

  private final Cache<ChunkKey, ChunkSlot> slots;

  private final AtomicInteger pinned = new AtomicInteger();

  ChunkTier(long maxBytes) {
    this.pool = new SlotPool(maxBytes);
    this.slots =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes - maxBytes / SPARE)
            .weigher((ChunkKey key, ChunkSlot slot) -> Math.toIntExact(slot.memory().byteSize()))
            .executor(Runnable::run)
            .recordStats()
            .removalListener(ChunkTier::onRemoval)
            .build();
  }

  private static void onRemoval(
      @Nullable ChunkKey key, @Nullable ChunkSlot slot, RemovalCause cause) {
    if (slot != null) {
      slot.release();
    }
  }

  /** A chunk that is here, which the caller holds; else null. */
  @Nullable ChunkSlot find(ChunkKey key) {
    ChunkSlot slot = slots.getIfPresent(key);
    return slot != null && slot.hold() ? pinned(slot) : null;
  }

  private ChunkSlot pinned(ChunkSlot slot) {
    pinned.incrementAndGet();
    return slot;
  }

  /**
   * Takes a copy of a chunk in, for others to find.
   *
   * @return what the caller holds; null when no slot is free
   */
  @Nullable ChunkSlot keep(ChunkKey key, ByteBuffer keysValues) {
    MemorySegment memory = pool.take(keysValues.remaining());
    if (memory == null) {
      return null;
    }
    memory.copyFrom(MemorySegment.ofBuffer(keysValues));
    ChunkSlot slot = new ChunkSlot(pool, memory);
    slot.hold();
    if (slots.asMap().putIfAbsent(key, slot) != null) {
      slot.release();
    }
    return pinned(slot);
  }

  /** Takes back what {@link #find} or {@link #keep} gave. */
  void release(ChunkSlot slot) {
    pinned.decrementAndGet();
    slot.release();
  }

  /** The segments that chunks are kept of. */
  Set<UUID> segments() {
    return slots.asMap().keySet().stream().map(ChunkKey::segmentId).collect(Collectors.toSet());
  }

  /** Lets go of all chunks of these segments. */
  void forget(Collection<UUID> segmentIds) {
    slots.asMap().keySet().removeIf(key -> segmentIds.contains(key.segmentId()));
  }

  /** Lets go of all chunks; those that are being read stay until they are released. */
  void clear() {
    slots.invalidateAll();
  }

  /** For its statistics. */
  Cache<ChunkKey, ChunkSlot> cache() {
    return slots;
  }

  /** How many chunks are being read, each counted once for each reader. */
  int pinned() {
    return pinned.get();
  }

  /** Bytes of the slots that hold a chunk, kept or being read. */
  long usedBytes() {
    return pool.usedBytes();
  }

  @Override
  public void close() {
    clear();
    pool.close();
  }
}

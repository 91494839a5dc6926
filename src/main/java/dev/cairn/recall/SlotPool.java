package dev.cairn.recall;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap in slots of one size, that of the first chunk: all chunks that a process
 * reads are of one fingerprint. It grows with what is asked of it, up to a number of bytes, and
 * never shrinks. Safe for many threads.
 */
final class SlotPool implements AutoCloseable {

  /** Slots may be read with the widest vectors. */
  private static final long ALIGNMENT = 64;

  /** Growing by more at once would fill memory that a small corpus never needs. */
  private static final long GROWTH_BYTES = 8 << 20;

  private final long maxBytes;

  private final Arena arena = Arena.ofShared();

  private final Queue<MemorySegment> free = new ArrayDeque<>();

  private int slotBytes;

  private long grownBytes;

  private int used;

  private boolean closed;

  SlotPool(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A slot of that many bytes, whatever stands in it; null when none is free. */
  synchronized @Nullable MemorySegment take(int bytes) {
    slotBytes = slotBytes == 0 ? bytes : slotBytes;
    if (closed || bytes != slotBytes) {
      return null;
    }
    if (free.isEmpty()) {
      grow();
    }
    MemorySegment slot = free.poll();
    used += slot == null ? 0 : 1;
    return slot;
  }

  private void grow() {
    long slots = Math.min(Math.max(GROWTH_BYTES, slotBytes), maxBytes - grownBytes) / slotBytes;
    if (slots > 0) {
      MemorySegment grown = arena.allocate(slots * slotBytes, ALIGNMENT);
      grownBytes += grown.byteSize();
      for (long i = 0; i < slots; i++) {
        free.add(grown.asSlice(i * slotBytes, slotBytes));
      }
    }
  }

  /** Takes a slot back, which nobody reads any more. */
  synchronized void give(MemorySegment slot) {
    used--;
    free.add(slot);
    freeWhenUnused();
  }

  synchronized long usedBytes() {
    return (long) used * slotBytes;
  }

  /** Frees the memory as soon as all slots are back. */
  @Override
  public synchronized void close() {
    closed = true;
    freeWhenUnused();
  }

  private void freeWhenUnused() {
    if (closed && used == 0 && arena.scope().isAlive()) {
      arena.close();
    }
  }
}

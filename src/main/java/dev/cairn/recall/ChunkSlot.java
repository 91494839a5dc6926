package dev.cairn.recall;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A chunk's keys and values in a slot. The tier holds it while it keeps the chunk, and each reader
 * once; the last to let go gives the slot back. Made with one holder.
 */
final class ChunkSlot {

  private final SlotPool pool;

  private final MemorySegment memory;

  private final AtomicInteger holders = new AtomicInteger(1);

  ChunkSlot(SlotPool pool, MemorySegment memory) {
    this.pool = pool;
    this.memory = memory;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Adds a holder, unless the slot was given back already. */
  boolean hold() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Takes a holder away. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      pool.give(memory);
    }
  }
}

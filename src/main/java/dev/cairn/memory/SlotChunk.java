package dev.cairn.memory;

import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;

/** A chunk held in the RAM tier. */
final class SlotChunk implements StoredChunk {

  private final ChunkTier tier;

  private final ChunkSlot slot;

  private final int validTokens;

  private boolean closed;

  SlotChunk(ChunkTier tier, ChunkSlot slot, int validTokens) {
    this.tier = tier;
    this.slot = slot;
    this.validTokens = validTokens;
  }

  @Override
  public MemorySegment keysValues() {
    if (closed) {
      throw new IllegalStateException("the chunk was closed");
    }
    return slot.memory().asReadOnly();
  }

  @Override
  public int validTokens() {
    return validTokens;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tier.release(slot);
    }
  }
}

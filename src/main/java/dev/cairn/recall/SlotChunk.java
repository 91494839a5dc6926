package dev.cairn.recall;

import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A chunk held in the RAM tier. */
final class SlotChunk implements StoredChunk {

  private final ChunkTier tier;

  private final ChunkSlot slot;

  private final @Nullable MemorySegment scales;

  private final int validTokens;

  private boolean closed;

  SlotChunk(ChunkTier tier, ChunkSlot slot, @Nullable MemorySegment scales, int validTokens) {
    this.tier = tier;
    this.slot = slot;
    this.scales = scales;
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
  public @Nullable MemorySegment scales() {
    return scales;
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

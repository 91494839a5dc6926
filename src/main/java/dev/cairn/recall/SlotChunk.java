package dev.cairn.recall;

import dev.cairn.model.KvLayout;
import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A chunk held in the RAM tier. */
final class SlotChunk implements StoredChunk {

  private final ChunkTier tier;

  private final ChunkSlot slot;

  private final ReadChunk chunk;

  private boolean closed;

  /**
   * @param chunk whose memory is the slot's
   */
  SlotChunk(ChunkTier tier, ChunkSlot slot, ReadChunk chunk) {
    this.tier = tier;
    this.slot = slot;
    this.chunk = chunk;
  }

  @Override
  public MemorySegment keysValues() {
    requireOpen();
    return chunk.keysValues();
  }

  @Override
  public @Nullable MemorySegment scales() {
    requireOpen();
    return chunk.scales();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the chunk was closed");
    }
  }

  @Override
  public KvLayout layout() {
    return chunk.layout();
  }

  @Override
  public ChunkKey key() {
    return chunk.key();
  }

  @Override
  public int validTokens() {
    return chunk.validTokens();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tier.release(slot);
    }
  }
}

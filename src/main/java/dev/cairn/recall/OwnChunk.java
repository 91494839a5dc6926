package dev.cairn.recall;

import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A chunk on the heap, where the garbage collector frees it. */
record OwnChunk(MemorySegment keysValues, @Nullable MemorySegment scales, int validTokens)
    implements StoredChunk {

  OwnChunk(ByteBuffer keysValues, @Nullable MemorySegment scales, int validTokens) {
    this(MemorySegment.ofBuffer(keysValues).asReadOnly(), scales, validTokens);
  }

  @Override
  public void close() {
    // Nobody else uses its memory.
  }
}

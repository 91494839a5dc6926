package dev.cairn.memory;

import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A chunk on the heap, where the garbage collector frees it. */
record OwnChunk(MemorySegment keysValues, int validTokens) implements StoredChunk {

  OwnChunk(ByteBuffer keysValues, int validTokens) {
    this(MemorySegment.ofBuffer(keysValues).asReadOnly(), validTokens);
  }

  @Override
  public void close() {
    // Nobody else uses its memory.
  }
}

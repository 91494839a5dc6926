package dev.cairn.memory;

import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;

/** A chunk in memory of its own, which nobody else uses. */
record OwnChunk(MemorySegment keysValues, int validTokens) implements StoredChunk {

  @Override
  public void close() {
    // The garbage collector frees it.
  }
}

package dev.cairn.model;

import java.lang.foreign.MemorySegment;

/** A chunk on the heap, BF16. For tests. */
public record HeapChunk(MemorySegment keysValues, int validTokens) implements StoredChunk {

  public HeapChunk(byte[] keysValues, int validTokens) {
    this(MemorySegment.ofArray(keysValues).asReadOnly(), validTokens);
  }

  @Override
  public void close() {}
}

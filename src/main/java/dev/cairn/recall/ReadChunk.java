package dev.cairn.recall;

import dev.cairn.model.KvLayout;
import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A chunk as it was read, in memory that nobody has to be given back. */
record ReadChunk(
    ChunkKey key,
    MemorySegment keysValues,
    @Nullable MemorySegment scales,
    KvLayout layout,
    int validTokens)
    implements StoredChunk {

  ReadChunk {
    keysValues = keysValues.asReadOnly();
  }

  @Override
  public void close() {
    // On the heap the garbage collector frees it, in a slot the one who lets go of that.
  }
}

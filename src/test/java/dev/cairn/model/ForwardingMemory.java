package dev.cairn.model;

/** Another memory; what a test needs otherwise is overridden. */
public class ForwardingMemory implements ChunkMemory {

  private final ChunkMemory memory;

  public ForwardingMemory(ChunkMemory memory) {
    this.memory = memory;
  }

  @Override
  public int size() {
    return memory.size();
  }

  @Override
  public ChunkRange document(int chunk) {
    return memory.document(chunk);
  }

  @Override
  public Selection[] select(float[][] queries, int k) {
    return memory.select(queries, k);
  }

  @Override
  public StoredChunk[] hold(int[] chunks) {
    return memory.hold(chunks);
  }
}

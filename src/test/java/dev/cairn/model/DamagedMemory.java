package dev.cairn.model;

/** Another memory whose chunks can be found and not be read. */
public final class DamagedMemory extends ForwardingMemory {

  private final RuntimeException failure;

  public DamagedMemory(ChunkMemory memory, RuntimeException failure) {
    super(memory);
    this.failure = failure;
  }

  @Override
  public StoredChunk[] hold(int[] chunks) {
    throw failure;
  }
}

package dev.cairn.memory;

import dev.cairn.model.ChunkMemory;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;

/**
 * The chunks that one question reads: landmarks in memory, keys and values from the RAM tier or by
 * position from the store, each checked as it is read. Used by one thread at a time; holds memory
 * and open files until closed.
 */
public final class QuestionMemory implements ChunkMemory, AutoCloseable {

  private final HeldSlabs slabs;

  private final LandmarkScan scan;

  private final OpenSegments segments;

  private final HoldChunks holdChunks;

  QuestionMemory(HeldSlabs slabs, LandmarkScan scan, OpenSegments segments, ChunkTier tier) {
    this.slabs = slabs;
    this.scan = scan;
    this.segments = segments;
    this.holdChunks = new HoldChunks(tier, slabs, segments);
  }

  @Override
  public int size() {
    return slabs.size();
  }

  @Override
  public Selection[] select(float[][] queries, int k) {
    return scan.select(queries, k);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnreadableSegmentException when a chunk cannot be read or is damaged
   */
  @Override
  public StoredChunk[] hold(int[] chunks) {
    return holdChunks.hold(chunks);
  }

  /** The prior of a chunk, 0 when there is none. */
  public float prior(int chunk) {
    return scan.prior(chunk);
  }

  /**
   * Where a chunk stands and which tokens it holds.
   *
   * @throws UnreadableSegmentException when they cannot be read or are damaged
   */
  public ChunkPlace place(int chunk) {
    PlacedSlab slab = slabs.of(chunk);
    int row = chunk - slab.firstChunk();
    return new ChunkPlace(
        slab.document().documentId(),
        slab.document().title(),
        slab.firstInDocument() + row,
        segments.read(slab, chunks -> chunks.readTokens(row)));
  }

  /** What it cost so far. */
  public MemoryUse use() {
    return holdChunks.use();
  }

  @Override
  public void close() {
    slabs.close();
    segments.close();
  }
}

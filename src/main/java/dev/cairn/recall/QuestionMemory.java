package dev.cairn.recall;

import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ChunkRange;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that one question reads: landmarks in memory, keys and values from the RAM tier or by
 * position from the store, each checked as it is read. Used by one thread at a time; holds memory
 * and open files until closed.
 */
public final class QuestionMemory implements ChunkMemory, AutoCloseable {

  private final HeldSlabs slabs;

  private final LandmarkScan scan;

  private final Priors priors;

  private final OpenSegments segments;

  private final HoldChunks holdChunks;

  QuestionMemory(
      HeldSlabs slabs, LandmarkScan scan, Priors priors, OpenSegments segments, ChunkTier tier) {
    this.slabs = slabs;
    this.scan = scan;
    this.priors = priors;
    this.segments = segments;
    this.holdChunks = new HoldChunks(tier, slabs, segments);
  }

  @Override
  public int size() {
    return slabs.size();
  }

  @Override
  public ChunkRange document(int chunk) {
    return slabs.of(chunk).ofDocument();
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

  /** The cosines of the question and the chunks, -1 to 1; null when they were not asked for. */
  public float @Nullable [] cosines() {
    return priors.cosines();
  }

  /** How the question's words fit the chunks, 0 to 1; null when it was not asked for. */
  public float @Nullable [] words() {
    return priors.words();
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
  public ChunkReads use() {
    return holdChunks.use();
  }

  @Override
  public void close() {
    slabs.close();
    segments.close();
  }
}

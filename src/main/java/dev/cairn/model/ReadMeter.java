package dev.cairn.model;

import java.util.BitSet;
import java.util.function.Function;

/** The chunks that one sequence reads, and what reading them took. */
public final class ReadMeter {

  private final ChunkMemory chunks;
  private final BitSet read = new BitSet();
  private long chunksScored;
  private long scanNanos;
  private long loadNanos;

  /**
   * What reading took so far. Times are wall times in nanoseconds.
   *
   * @param chunksScored summed over tokens and HSA blocks
   * @param distinctChunksRead different chunks whose keys and values were read
   */
  public record Use(long chunksScored, int distinctChunksRead, long scanNanos, long loadNanos) {}

  public ReadMeter(ChunkMemory chunks) {
    this.chunks = chunks;
  }

  public int size() {
    return chunks.size();
  }

  /** All chunks of the document that a chunk belongs to. */
  public ChunkRange document(int chunk) {
    return chunks.document(chunk);
  }

  public Selection[] select(float[][] queries, int k) {
    long start = System.nanoTime();
    Selection[] selections = chunks.select(queries, k);
    chunksScored += (long) queries.length * chunks.size();
    scanNanos += System.nanoTime() - start;
    return selections;
  }

  /**
   * @param numbers each once
   */
  public StoredChunk[] hold(int[] numbers) {
    long start = System.nanoTime();
    StoredChunk[] held = chunks.hold(numbers);
    for (int number : numbers) {
      read.set(number);
    }
    loadNanos += System.nanoTime() - start;
    return held;
  }

  /**
   * Holds chunks while they are used.
   *
   * @param numbers each once
   */
  public <T> T reading(int[] numbers, Function<StoredChunk[], T> use) {
    StoredChunk[] held = hold(numbers);
    try {
      return use.apply(held);
    } finally {
      for (StoredChunk chunk : held) {
        chunk.close();
      }
    }
  }

  public Use use() {
    return new Use(chunksScored, read.cardinality(), scanNanos, loadNanos);
  }

  /** Nanoseconds spent in the memory so far. */
  public long nanos() {
    return scanNanos + loadNanos;
  }
}

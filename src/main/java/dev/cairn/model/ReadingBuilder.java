package dev.cairn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up what one token read in the HSA blocks.
 *
 * <p>Axes: S chunk_size.
 */
public final class ReadingBuilder {

  private final int chunkSize;
  private final SortedMap<Integer, float[]> masses = new TreeMap<>();
  private final List<ChunkChoice> blocks = new ArrayList<>();

  public ReadingBuilder(int chunkSize) {
    this.chunkSize = chunkSize;
  }

  /**
   * @param mass holds the shares of the chunk's tokens, (S), from massAt on
   */
  public void add(int chunk, float[] mass, int massAt, float factor) {
    float[] sum = masses.computeIfAbsent(chunk, unread -> new float[chunkSize]);
    for (int place = 0; place < chunkSize; place++) {
      sum[place] += mass[massAt + place] * factor;
    }
  }

  /** What was chosen in the next block. */
  public void chose(ChunkChoice block) {
    blocks.add(block);
  }

  public Reading reading() {
    return new Reading(
        masses.keySet().stream().mapToInt(i -> i).toArray(),
        masses.values().toArray(float[][]::new),
        List.copyOf(blocks));
  }
}

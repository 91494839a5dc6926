package dev.cairn.model;

import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up what the HSA blocks read.
 *
 * <p>Axes: T tokens, n chosen chunks of each, S chunk_size.
 */
final class Readings {

  private Readings() {}

  /** What the last token read: the mean over the blocks. */
  static Reading ofLastToken(List<HsaBlock.Read> blocks, int chunkSize) {
    SortedMap<Integer, float[]> masses = new TreeMap<>();
    for (HsaBlock.Read block : blocks) {
      add(block, blocks.size(), chunkSize, masses);
    }
    return new Reading(
        masses.keySet().stream().mapToInt(i -> i).toArray(),
        masses.values().toArray(float[][]::new));
  }

  private static void add(
      HsaBlock.Read block, int blocks, int chunkSize, SortedMap<Integer, float[]> masses) {
    float[] mass = block.mass().get(new NDIndex(-1)).toFloatArray(); // (n, S)
    int choices = mass.length / chunkSize;
    for (int i = 0; i < choices; i++) {
      int chunk = block.chunks()[block.chunks().length - choices + i];
      float[] sum = masses.computeIfAbsent(chunk, unread -> new float[chunkSize]);
      for (int place = 0; place < chunkSize; place++) {
        sum[place] += mass[i * chunkSize + place] / blocks;
      }
    }
  }
}

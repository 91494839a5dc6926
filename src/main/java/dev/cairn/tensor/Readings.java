package dev.cairn.tensor;

import ai.djl.ndarray.index.NDIndex;
import dev.cairn.model.ChunkChoice;
import dev.cairn.model.Reading;
import dev.cairn.model.ReadingBuilder;
import java.util.Arrays;
import java.util.List;

/**
 * Adds up what the HSA blocks read.
 *
 * <p>Axes: T tokens, n chosen chunks of each, S chunk_size.
 */
final class Readings {

  private Readings() {}

  /** What the last token read: the mean over the blocks. */
  static Reading ofLastToken(List<HsaBlock.Read> blocks, int chunkSize) {
    ReadingBuilder sum = new ReadingBuilder(chunkSize);
    for (HsaBlock.Read block : blocks) {
      float[] mass = block.mass().get(new NDIndex(-1)).toFloatArray(); // (n, S)
      int choices = mass.length / chunkSize;
      int first = block.chunks().length - choices;
      sum.chose(chosen(block, first));
      for (int i = 0; i < choices; i++) {
        sum.add(block.chunks()[first + i], mass, i * chunkSize, 1f / blocks.size());
      }
    }
    return sum.reading();
  }

  private static ChunkChoice chosen(HsaBlock.Read block, int first) {
    NDIndex last = new NDIndex(-1);
    return new ChunkChoice(
        Arrays.copyOfRange(block.chunks(), first, block.chunks().length),
        block.scores().get(last).toFloatArray(),
        block.weights().get(last).toFloatArray());
  }
}

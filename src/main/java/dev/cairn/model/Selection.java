package dev.cairn.model;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The chunks that one token chose.
 *
 * @param chunks chunk numbers, the highest score first
 * @param scores their scores, prior included
 */
public record Selection(int[] chunks, float[] scores) {

  /** The same from the most recent chunk, which has the highest number, to the oldest. */
  public Selection newestFirst() {
    int[] order =
        IntStream.range(0, chunks.length)
            .boxed()
            .sorted(Comparator.comparing(i -> -chunks[i]))
            .mapToInt(i -> i)
            .toArray();
    float[] reordered = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      reordered[i] = scores[order[i]];
    }
    return new Selection(IntStream.of(order).map(i -> chunks[i]).toArray(), reordered);
  }
}

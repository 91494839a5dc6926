package dev.cairn.model;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The numbers of the highest scores, ties to the lower number. */
public final class BestChunks {

  private BestChunks() {}

  public static int[] of(float[] scores, int from, int size, int k) {
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -scores[from + c]))
        .limit(k)
        .mapToInt(c -> c)
        .toArray();
  }
}

package dev.cairn.citation;

import dev.cairn.model.GeneratedToken;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a whole answer read: for each chunk the attention mass of its tokens, summed over the
 * answer's tokens.
 *
 * @param byChunk chunk number to (S) masses
 * @param total over all chunks and tokens
 */
public record AnswerMass(SortedMap<Integer, double[]> byChunk, double total) {

  public static AnswerMass of(List<GeneratedToken> tokens) {
    SortedMap<Integer, double[]> byChunk = new TreeMap<>();
    for (GeneratedToken token : tokens) {
      int[] chunks = token.reading().chunks();
      for (int i = 0; i < chunks.length; i++) {
        float[] mass = token.reading().mass()[i];
        add(byChunk.computeIfAbsent(chunks[i], chunk -> new double[mass.length]), mass);
      }
    }
    double total = byChunk.values().stream().mapToDouble(AnswerMass::sum).sum();
    return new AnswerMass(byChunk, total);
  }

  /** The mass of one chunk. */
  static double sum(double[] mass) {
    return Arrays.stream(mass).sum();
  }

  private static void add(double[] sum, float[] mass) {
    for (int token = 0; token < sum.length; token++) {
      sum[token] += mass[token];
    }
  }
}

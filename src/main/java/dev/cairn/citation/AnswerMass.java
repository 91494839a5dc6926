package dev.cairn.citation;

import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Reading;
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
    return ofReadings(tokens.stream().map(GeneratedToken::reading).toList());
  }

  public static AnswerMass ofReadings(List<Reading> readings) {
    SortedMap<Integer, double[]> byChunk = new TreeMap<>();
    for (Reading reading : readings) {
      int[] chunks = reading.chunks();
      for (int i = 0; i < chunks.length; i++) {
        float[] mass = reading.mass()[i];
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

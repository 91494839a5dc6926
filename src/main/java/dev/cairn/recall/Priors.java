package dev.cairn.recall;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the chunks before any token is read; (C) each, or null when it is not asked for.
 *
 * @param cosines of the question's and the chunks' sentence embeddings
 * @param words scores of the question's words, 0 to 1
 */
record Priors(float @Nullable [] cosines, float @Nullable [] words) {

  /** What is added to the scores of the chunks; null for zeros. */
  float @Nullable [] sum(PriorScales scales) {
    float[] any = cosines == null ? words : cosines;
    if (any == null) {
      return null;
    }
    float[] sum = new float[any.length];
    add(sum, cosines, scales.sentences());
    add(sum, words, scales.words());
    return sum;
  }

  private static void add(float[] sum, float @Nullable [] scores, float scale) {
    for (int chunk = 0; scores != null && chunk < sum.length; chunk++) {
      sum[chunk] += scores[chunk] * scale;
    }
  }
}

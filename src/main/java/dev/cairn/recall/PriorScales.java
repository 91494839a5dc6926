package dev.cairn.recall;

/**
 * What priors are multiplied with before they are added to a chunk's score.
 *
 * @param sentences for a cosine of sentence embeddings, -1 to 1
 * @param words for a score of words, 0 to 1
 */
public record PriorScales(float sentences, float words) {

  /** For words, unless {@code cairn.lexical.scale} says another. */
  public static final float DEFAULT_WORDS = 30;
}

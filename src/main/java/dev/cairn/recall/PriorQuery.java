package dev.cairn.recall;

import org.jspecify.annotations.Nullable;

/**
 * What chunks are scored by before any token of a prompt is read.
 *
 * @param embedding of the question, centred, of length 1; null for no prior of sentences
 * @param words a text whose words are looked for; null for no prior of words
 */
public record PriorQuery(float @Nullable [] embedding, @Nullable String words) {

  /** Attention alone. */
  public static final PriorQuery NONE = new PriorQuery(null, null);

  /** Sentences alone, when there is an embedding. */
  public static PriorQuery ofEmbedding(float @Nullable [] embedding) {
    return new PriorQuery(embedding, null);
  }
}

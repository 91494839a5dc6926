package dev.cairn.answer;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the position that wrote a token of the answer read.
 *
 * @param id of the token in the checkpoint's vocabulary
 * @param blocks for each attention block that reads documents the chunks it chose, the highest
 *     score first
 */
public record TracedToken(int id, List<List<Chunk>> blocks) {

  /**
   * A chunk that was chosen.
   *
   * @param chunk its number in the document, from 0
   * @param start first code point in the document's text
   * @param end the code point after the last
   * @param score what it was chosen by, priors included; null for a neighbour of a chosen one
   * @param weight its share of what the block read
   * @param cosine of the question's and the chunk's sentence embeddings, when it counted
   * @param words how well the question's words fit the chunk's, 0 to 1, when it counted
   */
  public record Chunk(
      UUID documentId,
      int chunk,
      long start,
      long end,
      @Nullable Float score,
      float weight,
      @Nullable Float cosine,
      @Nullable Float words) {}
}

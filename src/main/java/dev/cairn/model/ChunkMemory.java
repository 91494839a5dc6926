package dev.cairn.model;

/**
 * The stored chunks that one prompt may read, numbered 0 to {@link #size()} - 1 by the order of the
 * documents in the question's scope, then by their place in the document. Used by one thread at a
 * time; its contents do not change while a prompt reads it.
 *
 * <p>Axes: r retrieval_dim, k top_k.
 */
public interface ChunkMemory {

  int size();

  /** All chunks of the document that a chunk belongs to, itself included. */
  ChunkRange document(int chunk);

  /**
   * For each query the k chunks of the highest score (all when there are fewer), the highest first;
   * ties go to the lower number. score_c = query . landmark_c / sqrt(r) + prior_c, and where chunks
   * have no landmarks (r is 0) score_c = prior_c.
   *
   * @param queries (n, r)
   * @param k at least 1
   * @return n selections
   */
  Selection[] select(float[][] queries, int k);

  /**
   * Holds chunks in memory; those that are not there are loaded at once. The caller closes each,
   * and before it asks for those of the next step: what is held is bounded by what one step needs.
   *
   * @param chunks each once, in any order
   * @return the chunks in the order they were asked for
   * @throws RuntimeException the implementation's own when a chunk cannot be read or is damaged;
   *     nothing is held then, and the generation ends with it
   */
  StoredChunk[] hold(int[] chunks);
}

package dev.cairn.model;

import java.nio.ByteBuffer;

/**
 * The stored chunks that one prompt may read, numbered 0 to {@link #size()} - 1 by the order of the
 * documents in the question's scope, then by their place in the document. Used by one thread at a
 * time; its contents do not change while a prompt reads it.
 *
 * <p>Axes: r retrieval_dim, Hm memory_kv_heads, S chunk_size, e head_dim, k top_k.
 */
public interface ChunkMemory {

  int size();

  /**
   * For each query the k chunks of the highest score (all when there are fewer), the highest first;
   * ties go to the lower number. score_c = query . landmark_c / sqrt(r) + prior_c.
   *
   * @param queries (n, r)
   * @param k at least 1
   * @return n selections
   */
  Selection[] select(float[][] queries, int k);

  /**
   * Copies keys and values of one chunk, BF16 little-endian (2, Hm, S, e), to the target's position
   * and advances it.
   *
   * @return how many of the chunk's S tokens are valid, at least 1
   * @throws RuntimeException the implementation's own when the chunk cannot be read or is damaged;
   *     the generation ends with it
   */
  int read(int chunk, ByteBuffer target);
}

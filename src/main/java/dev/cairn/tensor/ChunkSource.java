package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;

/**
 * The chunks as an HSA block sees them.
 *
 * <p>Axes: T tokens, r retrieval_dim, n chosen chunks of each token, Hm memory_kv_heads, v valid
 * tokens of a chunk, e head_dim.
 */
interface ChunkSource {

  int size();

  /**
   * Chooses for each token the chunks of the highest scores, all when there are fewer than k.
   *
   * @param queries (T, r)
   */
  Choice choose(NDArray queries, int k);

  Chunk chunk(int number);

  /**
   * The chosen chunks.
   *
   * @param chunks (T * n): numbers, those of a token from the most recent (the highest) to the
   *     oldest
   * @param scores (T, n), in the same order
   */
  record Choice(int[] chunks, NDArray scores) {}

  /**
   * One chunk.
   *
   * @param keys (Hm, v, e)
   * @param values (Hm, v, e)
   */
  record Chunk(NDArray keys, NDArray values) {}
}

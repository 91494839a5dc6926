package dev.cairn.vector;

/** Takes what is kept of the tokens and chunks of a block. Tokens may come from several threads. */
interface KeptChunks {

  /**
   * @param layer counted from the first whose keys and values are kept
   * @param token counted from the first of the block
   * @param keys (Hk, e) from at on, not rotated
   * @param values (Hk, e) from at on
   */
  void keep(int layer, int token, float[] keys, float[] values, int at);

  /**
   * @param chunk counted from the first of the block
   * @param landmarks (r) from at on
   */
  void landmark(int chunk, float[] landmarks, int at);
}

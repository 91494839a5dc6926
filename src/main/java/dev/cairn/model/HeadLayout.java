package dev.cairn.model;

import ai.djl.ndarray.NDArray;

/**
 * How features are divided into heads. Query head i reads key-value head floor(i * Hk / H), so the
 * query heads of one key-value head lie side by side.
 *
 * <p>Axes: H query heads, Hk key-value heads, g = H / Hk, e head_dim, T places.
 *
 * @param heads H
 * @param keyValueHeads Hk
 * @param headDim e
 */
record HeadLayout(int heads, int keyValueHeads, int headDim) {

  int group() {
    return heads / keyValueHeads;
  }

  /** What a product of query and key is multiplied with: 1 / sqrt(e). */
  double scale() {
    return 1 / Math.sqrt(headDim);
  }

  /**
   * @param x (T, H * e)
   * @return (Hk, g, T, e)
   */
  NDArray splitQueries(NDArray x) {
    return x.reshape(-1, keyValueHeads, group(), headDim) // (T, Hk, g, e)
        .transpose(1, 2, 0, 3);
  }

  /**
   * @param x (T, Hk * e)
   * @return (Hk, T, e)
   */
  NDArray splitKeys(NDArray x) {
    return x.reshape(-1, keyValueHeads, headDim) // (T, Hk, e)
        .transpose(1, 0, 2);
  }

  /**
   * Puts the query heads of a key-value head into one axis with the places, so that one product
   * serves them all.
   *
   * @param x (Hk, g, T, ..)
   * @return (Hk, g * T, ..)
   */
  NDArray fold(NDArray x) {
    return x.reshape(keyValueHeads, -1, x.getShape().get(3));
  }

  /**
   * @param x (Hk, g * T, ..)
   * @return (Hk, g, T, ..)
   */
  NDArray unfold(NDArray x) {
    return x.reshape(keyValueHeads, group(), -1, x.getShape().get(2));
  }

  /**
   * @param x (Hk, g * T, e)
   * @return (T, H * e)
   */
  NDArray join(NDArray x) {
    return unfold(x)
        .transpose(2, 0, 1, 3) // (T, Hk, g, e)
        .reshape(-1, (long) heads * headDim);
  }
}

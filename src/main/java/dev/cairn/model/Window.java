package dev.cairn.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/**
 * What a layer carries from one run of tokens to the next: keys and values of the tokens before,
 * the keys not rotated. Slot 0 is the sink.
 *
 * <p>Axes: Hk key-value heads, n carried tokens, T new tokens, e head_dim.
 *
 * @param keys (Hk, 1 + n, e)
 * @param values (Hk, 1 + n, e)
 */
record Window(NDArray keys, NDArray values) {

  long tokens() {
    return keys.getShape().get(1) - 1;
  }

  /**
   * The window with new tokens behind it.
   *
   * @param newKeys (Hk, T, e)
   * @param newValues (Hk, T, e)
   */
  Window append(NDArray newKeys, NDArray newValues) {
    return new Window(keys.concat(newKeys, 1), values.concat(newValues, 1)); // (Hk, 1 + n + T, e)
  }

  /** The sink and at most the last tokens. */
  Window last(long tokens) {
    return tokens() <= tokens ? this : new Window(last(keys, tokens), last(values, tokens));
  }

  private static NDArray last(NDArray array, long tokens) {
    long end = array.getShape().get(1);
    NDArray sink = array.get(new NDIndex().addAllDim().addSliceDim(0, 1)); // (Hk, 1, e)
    NDArray kept = array.get(new NDIndex().addAllDim().addSliceDim(end - tokens, end));
    return sink.concat(kept, 1); // (Hk, 1 + tokens, e)
  }
}

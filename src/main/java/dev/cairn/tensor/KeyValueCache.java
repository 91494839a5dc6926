package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/**
 * Keys and values of the tokens that a layer sees, the sink in slot 0. Between two runs of tokens
 * it holds those that are carried over, their keys not rotated.
 *
 * <p>Axes: Hk key-value heads, n carried tokens, T new tokens, e head_dim.
 *
 * @param keys (Hk, 1 + n, e)
 * @param values (Hk, 1 + n, e)
 */
record KeyValueCache(NDArray keys, NDArray values) {

  long tokens() {
    return keys.getShape().get(1) - 1;
  }

  /**
   * The window with new tokens behind it.
   *
   * @param newKeys (Hk, T, e)
   * @param newValues (Hk, T, e)
   */
  KeyValueCache append(NDArray newKeys, NDArray newValues) {
    return new KeyValueCache(
        keys.concat(newKeys, 1), values.concat(newValues, 1)); // (Hk, 1 + n + T, e)
  }

  /** The sink and at most the last tokens. */
  KeyValueCache last(long count) {
    return tokens() <= count ? this : slice(tokens() - count, tokens());
  }

  /** The sink and the tokens from (inclusive) to (exclusive). */
  KeyValueCache slice(long from, long to) {
    return new KeyValueCache(
        slice(keys, from, to), slice(values, from, to)); // (Hk, 1 + to - from, e)
  }

  private static NDArray slice(NDArray slots, long from, long to) {
    if (from == 0) {
      return slots(slots, 0, 1 + to);
    }
    return slots(slots, 0, 1).concat(slots(slots, 1 + from, 1 + to), 1);
  }

  private static NDArray slots(NDArray slots, long from, long to) {
    return slots.get(new NDIndex().addAllDim().addSliceDim(from, to));
  }
}

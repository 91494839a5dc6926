package dev.cairn.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.RotaryEmbedding.Rotation;

/**
 * What T tokens behind a window of n see; the same for all layers. Slot 0 is the sink, the carried
 * tokens stand at positions 1 to n, the new ones behind them.
 *
 * <p>Axes: W sliding_window, n carried tokens, T new tokens, e head_dim.
 *
 * @param mask (T, 1 + n + T), added to the scores: 0 where a key is seen
 * @param queries rotation of T places
 * @param keys rotation of 1 + n + T places
 */
record WindowView(NDArray mask, Rotation queries, Rotation keys) {

  /** Added to a score it leaves nothing of it; finite, so that a row without a key has no NaN. */
  static final float UNSEEN = -1e9f;

  /**
   * The tokens and the window that a view is made for.
   *
   * @param window W
   * @param carried n
   * @param filled how many of the n hold a token; the others are hidden
   * @param tokens T
   */
  record Span(int window, int carried, int filled, int tokens) {

    /** Whether the query sees the key: t - W < j <= t; both counted from the first carried. */
    private boolean sees(int query, int key) {
      return key <= query && key > query - window && key >= carried - filled;
    }

    private float[] mask() {
      int slots = 1 + carried + tokens;
      float[] mask = new float[tokens * slots];
      for (int token = 0; token < tokens; token++) {
        for (int key = 0; key < carried + tokens; key++) {
          mask[token * slots + 1 + key] = sees(carried + token, key) ? 0 : UNSEEN;
        }
      }
      return mask;
    }
  }

  static WindowView of(Span span, RotaryEmbedding rotary, NDManager manager) {
    int slots = 1 + span.carried + span.tokens;
    return new WindowView(
        manager.create(span.mask(), new Shape(span.tokens, slots)),
        rotary.at(1 + span.carried, span.tokens),
        rotary.at(0, slots));
  }
}

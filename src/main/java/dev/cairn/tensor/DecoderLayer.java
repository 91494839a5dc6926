package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;

/**
 * A layer of the lower or upper decoder: attention, then feed-forward, each on a normed copy and
 * added to the stream.
 *
 * <p>Axes: T tokens, d hidden_size.
 */
record DecoderLayer(
    RmsNorm attentionNorm, WindowAttention attention, RmsNorm feedForwardNorm, SwiGlu feedForward) {

  /**
   * @param hidden (T, d)
   * @return (T, d) and the window for the tokens that follow
   */
  WindowAttention.Attended apply(NDArray hidden, KeyValueCache window, VisibleTokens view) {
    WindowAttention.Attended attended =
        attention.apply(attentionNorm.apply(hidden), window, view); // (T, d)
    NDArray mixed = hidden.add(attended.output()); // (T, d)
    NDArray output = mixed.add(feedForward.apply(feedForwardNorm.apply(mixed))); // (T, d)
    return new WindowAttention.Attended(output, attended.window());
  }
}

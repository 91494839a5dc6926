package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.model.Hsa;

/**
 * How the scores of a token's chosen chunks become weights.
 *
 * <p>Axes: T tokens, n chosen chunks of each, from the most recent to the oldest.
 */
final class ChunkWeighting {

  private ChunkWeighting() {}

  /**
   * @param scores (T, n)
   * @return (T, n)
   */
  static NDArray weights(Hsa.ChunkWeights form, NDArray scores) {
    return switch (form) {
      case SOFTMAX -> scores.softmax(-1);
      case STICK_BREAKING -> stickBreaking(scores);
    };
  }

  /** w_j = exp(s_j - sum over i <= j of softplus(s_i)): a recent chunk takes its share first. */
  private static NDArray stickBreaking(NDArray scores) {
    NDArray taken = scores.getNDArrayInternal().softPlus().cumSum(1); // (T, n)
    return scores.sub(taken).exp();
  }
}

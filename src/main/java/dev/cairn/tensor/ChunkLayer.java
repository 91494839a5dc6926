package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.tensor.RotaryEmbedding.Rotation;

/**
 * A layer of the chunk encoder: as a {@link DecoderLayer}, with attention inside the chunk.
 *
 * <p>Axes: c chunks, L places, d hidden_size.
 */
record ChunkLayer(
    RmsNorm attentionNorm, ChunkAttention attention, RmsNorm feedForwardNorm, SwiGlu feedForward) {

  /**
   * @param hidden (c, L, d)
   * @param mask (c, 1, 1, L), added to the scores
   * @param rotation of L places
   * @return (c, L, d)
   */
  NDArray apply(NDArray hidden, NDArray mask, Rotation rotation) {
    NDArray mixed =
        hidden.add(attention.apply(attentionNorm.apply(hidden), mask, rotation)); // (c, L, d)
    return mixed.add(feedForward.apply(feedForwardNorm.apply(mixed))); // (c, L, d)
  }
}

package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.model.HeadLayout;
import dev.cairn.tensor.RotaryEmbedding.Rotation;

/**
 * Attention of the places of a chunk to each other, in both directions.
 *
 * <p>Axes: c chunks, L places, d hidden_size, Hk key-value heads, g query heads of each, e
 * head_dim.
 */
record ChunkAttention(HeadLayout layout, Linear.OfAttention projections) {

  /**
   * @param x (c, L, d)
   * @param mask (c, 1, 1, L), added to the scores
   * @param rotation of L places
   * @return (c, L, d)
   */
  NDArray apply(NDArray x, NDArray mask, Rotation rotation) {
    long chunks = x.getShape().get(0);
    long places = x.getShape().get(1);
    NDArray queries = rotation.apply(split(projections.query().apply(x), layout.heads()));
    NDArray keys = rotation.apply(split(projections.key().apply(x), layout.keyValueHeads()));
    NDArray values = split(projections.value().apply(x), layout.keyValueHeads()); // (c, Hk, L, e)
    NDArray scores = fold(queries.mul(layout.scale())).matMul(keys.transpose(0, 1, 3, 2));
    NDArray weights = scores.addi(mask).softmax(-1); // (c, Hk, g * L, L)
    NDArray mixed =
        weights
            .matMul(values) // (c, Hk, g * L, e)
            .reshape(chunks, layout.heads(), places, layout.headDim())
            .transpose(0, 2, 1, 3) // (c, L, H, e)
            .reshape(chunks, places, -1);
    return projections.output().apply(mixed);
  }

  /** (c, L, heads * e) to (c, heads, L, e). */
  private NDArray split(NDArray x, int heads) {
    return x.reshape(x.getShape().get(0), -1, heads, layout.headDim()).transpose(0, 2, 1, 3);
  }

  /** (c, H, L, e) to (c, Hk, g * L, e). */
  private NDArray fold(NDArray x) {
    return x.reshape(x.getShape().get(0), layout.keyValueHeads(), -1, layout.headDim());
  }
}

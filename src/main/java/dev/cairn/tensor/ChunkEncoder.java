package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.HeadLayout;
import dev.cairn.tensor.RotaryEmbedding.Rotation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lower states of a chunk into keys, values and one landmark (arXiv 2510.17196, chunk
 * encoder).
 *
 * <p>Axes: c chunks, S chunk_size, L = S + 1 places with cls and S without, d hidden_size, Hm
 * memory_kv_heads, e head_dim, r retrieval_dim.
 *
 * @param cls (d), the vector whose place becomes the landmark; null makes it from the mean
 * @param layers none when the lower states are projected as they are
 * @param rotary positions 0 to S
 */
record ChunkEncoder(
    @Nullable NDArray cls, List<ChunkLayer> layers, RotaryEmbedding rotary, Output output) {

  /** As a {@link DecoderLayer}, with attention inside the chunk. */
  record ChunkLayer(
      RmsNorm attentionNorm,
      ChunkAttention attention,
      RmsNorm feedForwardNorm,
      SwiGlu feedForward) {

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

  /** The norm and the projections behind the layers, and how keys are divided into heads. */
  record Output(
      RmsNorm norm,
      Linear keys,
      Linear values,
      Linear landmark,
      RmsNorm landmarkNorm,
      HeadLayout layout) {

    /** (c, S, Hm * e) to (c, Hm, S, e). */
    private NDArray split(NDArray x) {
      return x.reshape(x.getShape().get(0), -1, layout.keyValueHeads(), layout.headDim())
          .transpose(0, 2, 1, 3);
    }

    /**
     * @param x (c, S, d)
     */
    private Encoded apply(NDArray x, NDArray summary) {
      return new Encoded(
          split(keys.apply(x)),
          split(values.apply(x)),
          landmarkNorm.apply(landmark.apply(summary))); // (c, r)
    }
  }

  /**
   * @param keys (c, Hm, S, e)
   * @param values (c, Hm, S, e)
   * @param landmarks (c, r)
   */
  record Encoded(NDArray keys, NDArray values, NDArray landmarks) {}

  /**
   * @param states (c, S, d), lower states
   * @param valid (c, S, 1), 1 where a token stands and 0 elsewhere
   */
  Encoded apply(NDArray states, NDArray valid) {
    NDArray tokens = states.mul(valid); // (c, S, d)
    NDArray places = cls == null ? tokens : withCls(tokens, cls); // (c, L, d)
    NDArray encoded = output.norm().apply(throughLayers(places, valid)); // (c, L, d)
    if (cls == null) {
      return output.apply(encoded, mean(encoded, valid));
    }
    long size = states.getShape().get(1);
    NDArray summary = encoded.get(new NDIndex().addAllDim().addIndices(size)); // (c, d)
    return output.apply(encoded.get(new NDIndex().addAllDim().addSliceDim(0, size)), summary);
  }

  private static NDArray withCls(NDArray tokens, NDArray cls) {
    Shape shape = tokens.getShape();
    NDArray last = cls.broadcast(new Shape(shape.get(0), 1, shape.get(2))); // (c, 1, d)
    return tokens.concat(last, 1); // (c, S + 1, d)
  }

  private NDArray throughLayers(NDArray places, NDArray valid) {
    long length = places.getShape().get(1);
    NDArray mask = mask(valid, length);
    Rotation rotation = rotary.at(0, length);
    NDArray stream = places;
    for (ChunkLayer layer : layers) {
      stream = layer.apply(stream, mask, rotation); // (c, L, d)
    }
    return stream;
  }

  /** (c, 1, 1, L): hides the places without a token; cls is always seen. */
  private static NDArray mask(NDArray valid, long length) {
    long chunks = valid.getShape().get(0);
    long size = valid.getShape().get(1);
    NDArray hidden = valid.sub(1).mul(-VisibleTokens.UNSEEN).reshape(chunks, 1, 1, size);
    return hidden.pad(new Shape(0, length - size), 0);
  }

  /** (c, d): the mean over the places that hold a token. */
  private static NDArray mean(NDArray encoded, NDArray valid) {
    int[] places = {1};
    return encoded.mul(valid).sum(places).div(valid.sum(places).maximum(1));
  }
}

package dev.cairn.checkpoint;

import dev.cairn.checkpoint.DecoderWeights.Attention;
import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.checkpoint.DecoderWeights.FeedForward;
import dev.cairn.checkpoint.DecoderWeights.HeadNorms;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.checkpoint.DecoderWeights.Sink;
import dev.cairn.model.DecoderShape;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the layers of all forms have, under the names that they share.
 *
 * <p>Axes: d hidden_size, H query heads, Hk key-value heads, e head_dim, f intermediate_size.
 *
 * @param <M> a matrix
 * @param <V> a vector, or a few of them
 */
record LayerReader<M, V>(DecoderShape shape, WeightSource<M, V> source) {

  /**
   * What only some layers have, each null where it is not there.
   *
   * @param <V> a vector, or a few of them
   */
  record Extras<V>(
      @Nullable Biases<V> biases, @Nullable HeadNorms<V> norms, @Nullable Sink<V> sink) {}

  Layer<M, V> layer(String prefix, Extras<V> extras) {
    return new Layer<>(
        norm(prefix + "input_layernorm"),
        attention(prefix + "self_attn.", extras),
        feedForward(prefix + "post_attention_layernorm", prefix + "mlp."));
  }

  private Attention<M, V> attention(String prefix, Extras<V> extras) {
    int hidden = shape.hiddenSize();
    int queries = shape.heads().queryWidth();
    int keys = shape.heads().keyValueWidth();
    return new Attention<>(
        matrix(prefix + "q_proj", queries, hidden),
        matrix(prefix + "k_proj", keys, hidden),
        matrix(prefix + "v_proj", keys, hidden),
        matrix(prefix + "o_proj", hidden, queries),
        extras.biases(),
        extras.norms(),
        extras.sink());
  }

  FeedForward<M, V> feedForward(String norm, String prefix) {
    int hidden = shape.hiddenSize();
    int width = shape.intermediateSize();
    return new FeedForward<>(
        norm(norm),
        matrix(prefix + "gate_proj", width, hidden),
        matrix(prefix + "up_proj", width, hidden),
        matrix(prefix + "down_proj", hidden, width));
  }

  /** (outputs, inputs). */
  M matrix(String name, int outputs, int inputs) {
    return source.matrix(name + ".weight", outputs, inputs);
  }

  /** (d). */
  V norm(String name) {
    return source.vector(name + ".weight", shape.hiddenSize());
  }
}

package dev.cairn.vector;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.checkpoint.DecoderWeights.Sink;
import dev.cairn.checkpoint.HsaWeights;
import dev.cairn.checkpoint.HsaWeights.Encoder;
import dev.cairn.checkpoint.HsaWeights.ReadingLayer;
import dev.cairn.checkpoint.WeightFiles;
import dev.cairn.model.Hsa;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * The weights of a model on the processor, in the numbers that the checkpoint stores.
 *
 * <p>Axes: V vocab_size, d hidden_size, Hk key-value heads, e head_dim, W sliding_window.
 *
 * @param embedding (V, d), tied to the output
 * @param lower layers that documents and prompts pass
 * @param upper layers that prompts pass
 * @param norm (d), before the output
 */
record Network(
    Hsa form,
    Projection embedding,
    List<Layer<Projection, float[]>> lower,
    List<ReadingLayer<Projection, float[]>> upper,
    float[] norm,
    Encoder<Projection, float[]> encoder) {

  /**
   * Reads all weights.
   *
   * @param arena holds the matrices of whole numbers
   */
  static Network read(Checkpoint checkpoint, Hsa form, Arena arena) {
    try (WeightFiles files = WeightFiles.open(checkpoint.folder())) {
      HsaWeights<Projection, float[]> weights =
          new HsaWeights<>(form, new PanelSource(files, arena));
      Network network =
          new Network(
              form,
              weights.embedding(),
              weights.lower(),
              weights.upper(),
              weights.norm(),
              weights.encoder());
      network.placeSinks();
      return network;
    }
  }

  /** A sink stands W positions before every query, so its keys are rotated once. */
  private void placeSinks() {
    RotaryEmbedding away = new RotaryEmbedding(form.decoder());
    away.stand(-form.slidingWindow());
    lower.forEach(layer -> place(layer, away));
    upper.forEach(layer -> place(layer.layer(), away));
  }

  private void place(Layer<Projection, float[]> layer, RotaryEmbedding away) {
    Sink<float[]> sink = layer.attention().sink();
    if (sink != null) {
      for (int at = 0; at < sink.key().length; at += form.decoder().heads().headDim()) {
        away.apply(sink.key(), at, sink.key(), at);
      }
    }
  }
}

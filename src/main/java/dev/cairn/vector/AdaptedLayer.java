package dev.cairn.vector;

import dev.cairn.checkpoint.Adapter;
import dev.cairn.checkpoint.DecoderWeights.Attention;
import dev.cairn.checkpoint.DecoderWeights.FeedForward;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.kernel.FloatPanels;
import dev.cairn.kernel.Panels;

/**
 * Adds an adapter to a layer.
 *
 * @param number of the layer
 */
record AdaptedLayer(Adapter adapter, int number) {

  Layer<Projection, float[]> of(Layer<Projection, float[]> base) {
    return new Layer<>(base.norm(), attention(base.attention()), feedForward(base.feedForward()));
  }

  private Attention<Projection, float[]> attention(Attention<Projection, float[]> base) {
    return new Attention<>(
        add("self_attn.q_proj", base.query()),
        add("self_attn.k_proj", base.key()),
        add("self_attn.v_proj", base.value()),
        add("self_attn.o_proj", base.output()),
        base.biases(),
        base.norms(),
        base.sink());
  }

  private FeedForward<Projection, float[]> feedForward(FeedForward<Projection, float[]> base) {
    return new FeedForward<>(
        base.norm(),
        add("mlp.gate_proj", base.gate()),
        add("mlp.up_proj", base.up()),
        add("mlp.down_proj", base.down()));
  }

  private Projection add(String module, Projection base) {
    return adapter
        .of("model.layers.%d.%s.weight".formatted(number, module))
        .map(added -> new Projection(base.weight(), lowRank(added, base.weight())))
        .orElse(base);
  }

  private static Projection.LowRank lowRank(Adapter.LowRank added, Panels weight) {
    return new Projection.LowRank(
        FloatPanels.of(added.down(), added.rank(), weight.inputs()),
        FloatPanels.of(added.up(), weight.outputs(), added.rank()));
  }
}

package dev.cairn.checkpoint;

import dev.cairn.checkpoint.Adapter.LowRank;
import dev.cairn.checkpoint.DecoderWeights.Attention;
import dev.cairn.checkpoint.DecoderWeights.FeedForward;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import java.util.function.BiFunction;

/**
 * Adds an adapter to a layer.
 *
 * @param number of the layer
 * @param adds what a matrix becomes to which this is added
 * @param <M> a matrix
 */
public record AdaptedLayer<M>(Adapter adapter, int number, BiFunction<M, LowRank, M> adds) {

  public <V> Layer<M, V> of(Layer<M, V> base) {
    return new Layer<>(base.norm(), attention(base.attention()), feedForward(base.feedForward()));
  }

  private <V> Attention<M, V> attention(Attention<M, V> base) {
    return new Attention<>(
        add("self_attn.q_proj", base.query()),
        add("self_attn.k_proj", base.key()),
        add("self_attn.v_proj", base.value()),
        add("self_attn.o_proj", base.output()),
        base.biases(),
        base.norms(),
        base.sink());
  }

  private <V> FeedForward<M, V> feedForward(FeedForward<M, V> base) {
    return new FeedForward<>(
        base.norm(),
        add("mlp.gate_proj", base.gate()),
        add("mlp.up_proj", base.up()),
        add("mlp.down_proj", base.down()));
  }

  private M add(String module, M base) {
    return adapter
        .of("model.layers.%d.%s.weight".formatted(number, module))
        .map(added -> adds.apply(base, added))
        .orElse(base);
  }
}

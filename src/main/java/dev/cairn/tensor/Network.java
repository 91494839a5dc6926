package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.cairn.checkpoint.HsaWeights;
import dev.cairn.model.Hsa;
import java.util.function.Function;

/**
 * What prompts pass, in tensors.
 *
 * <p>Axes: T tokens, d hidden_size, V vocab_size.
 */
record Network(Hsa form, LowerDecoder lower, UpperDecoder upper) {

  /** What documents pass. */
  record Encoding(Hsa form, LowerDecoder lower, ChunkEncoder chunkEncoder) {

    /**
     * Everything belongs to the manager of the weights.
     *
     * @param product makes products from FP32 weights (o, i)
     */
    static Encoding of(Hsa form, Weights files, Function<NDArray, Linear> product) {
      RotaryEmbedding rotary = RotaryEmbedding.of(form, files.manager());
      NetworkReader reader =
          new NetworkReader(form, new HsaWeights<>(form, files), rotary, product);
      return new Encoding(form, reader.lowerDecoder(), reader.chunkEncoder());
    }
  }

  /** Everything belongs to the manager of the weights. */
  static Network of(Hsa form, Weights files) {
    RotaryEmbedding rotary = RotaryEmbedding.of(form, files.manager());
    NetworkReader reader =
        new NetworkReader(form, new HsaWeights<>(form, files), rotary, Linear.Float32::new);
    return new Network(form, reader.lowerDecoder(), reader.upperDecoder());
  }

  NDManager manager() {
    return lower.manager();
  }

  /**
   * The logits of the token that follows the last one.
   *
   * @param states (T, d), what the upper decoder returned
   * @return (1, V)
   */
  NDArray nextLogits(NDArray states) {
    NDArray last = states.get(new NDIndex().addSliceDim(-1, states.getShape().get(0)));
    return logits(last);
  }

  /** (T, d) to (T, V), tied to the embedding. */
  NDArray logits(NDArray states) {
    return new Linear.Float32(lower.embedding()).apply(states);
  }
}

package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.cairn.model.ModelConfig;
import java.util.Arrays;

/**
 * What prompts pass, in tensors.
 *
 * <p>Axes: T tokens, d hidden_size, V vocab_size.
 *
 * @param embedding (V, d), tied to the output
 */
record Network(
    ModelConfig config,
    NDArray embedding,
    RotaryEmbedding rotary,
    LowerDecoder lower,
    UpperDecoder upper) {

  /** Everything belongs to the manager of the weights. */
  static Network of(ModelConfig config, Weights weights) {
    RotaryEmbedding rotary = RotaryEmbedding.of(config, weights.manager());
    NetworkReader reader = new NetworkReader(config, weights, rotary);
    return new Network(
        config,
        reader.weight("embed_tokens"),
        rotary,
        reader.lowerDecoder(Linear.Float32::new),
        reader.upperDecoder());
  }

  NDManager manager() {
    return embedding.getManager();
  }

  /**
   * @param ids (T)
   * @return (T, d)
   */
  NDArray embed(int[] ids) {
    return Rows.take(embedding, Arrays.stream(ids).asLongStream().toArray());
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

  /** (T, d) to (T, V). */
  NDArray logits(NDArray states) {
    return new Linear.Float32(embedding).apply(states);
  }
}

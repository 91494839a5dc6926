package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.cairn.checkpoint.HsaWeights;
import dev.cairn.model.Hsa;
import java.util.Arrays;

/**
 * What prompts pass, in tensors.
 *
 * <p>Axes: T tokens, d hidden_size, V vocab_size.
 *
 * @param embedding (V, d), tied to the output
 */
record Network(
    Hsa form, NDArray embedding, RotaryEmbedding rotary, LowerDecoder lower, UpperDecoder upper) {

  /** Everything belongs to the manager of the weights. */
  static Network of(Hsa form, Weights files) {
    RotaryEmbedding rotary = RotaryEmbedding.of(form, files.manager());
    HsaWeights<NDArray, NDArray> weights = new HsaWeights<>(form, files);
    NetworkReader reader = new NetworkReader(form, weights, rotary, Linear.Float32::new);
    return new Network(
        form, weights.embedding(), rotary, reader.lowerDecoder(), reader.upperDecoder());
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

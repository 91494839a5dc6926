package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cairn.model.ModelConfig;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What documents pass.
 *
 * <p>Axes: T tokens, d hidden_size, V vocab_size.
 *
 * @param embedding (V, d)
 */
record EncodingNetwork(
    ModelConfig config,
    NDArray embedding,
    RotaryEmbedding rotary,
    LowerDecoder lower,
    ChunkEncoder chunkEncoder) {

  /**
   * Everything belongs to the manager of the weights.
   *
   * @param product makes products from FP32 weights (o, i)
   */
  static EncodingNetwork of(
      ModelConfig config, Weights weights, Function<NDArray, Linear> product) {
    RotaryEmbedding rotary = RotaryEmbedding.of(config, weights.manager());
    NetworkReader reader = new NetworkReader(config, weights, rotary);
    return new EncodingNetwork(
        config,
        reader.weight("embed_tokens"),
        rotary,
        reader.lowerDecoder(product),
        reader.chunkEncoder(product));
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
}

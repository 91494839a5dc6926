package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cairn.checkpoint.HsaWeights;
import dev.cairn.model.Hsa;
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
    Hsa form,
    NDArray embedding,
    RotaryEmbedding rotary,
    LowerDecoder lower,
    ChunkEncoder chunkEncoder) {

  /**
   * Everything belongs to the manager of the weights.
   *
   * @param product makes products from FP32 weights (o, i)
   */
  static EncodingNetwork of(Hsa form, Weights files, Function<NDArray, Linear> product) {
    RotaryEmbedding rotary = RotaryEmbedding.of(form, files.manager());
    HsaWeights<NDArray, NDArray> weights = new HsaWeights<>(form, files);
    NetworkReader reader = new NetworkReader(form, weights, rotary, product);
    return new EncodingNetwork(
        form, weights.embedding(), rotary, reader.lowerDecoder(), reader.chunkEncoder());
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

package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.checkpoint.HsaWeights;
import dev.cairn.model.Hsa;
import java.util.function.Function;

/** What documents pass, in tensors. */
record EncodingNetwork(Hsa form, LowerDecoder lower, ChunkEncoder chunkEncoder) {

  /**
   * Everything belongs to the manager of the weights.
   *
   * @param product makes products from FP32 weights (o, i)
   */
  static EncodingNetwork of(Hsa form, Weights files, Function<NDArray, Linear> product) {
    RotaryEmbedding rotary = RotaryEmbedding.of(form, files.manager());
    NetworkReader reader = new NetworkReader(form, new HsaWeights<>(form, files), rotary, product);
    return new EncodingNetwork(form, reader.lowerDecoder(), reader.chunkEncoder());
  }
}

package dev.cairn.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.function.Function;

/**
 * All parts of a loaded model. Documents pass {@code encodingLower} and {@code chunkEncoder},
 * prompts pass {@code lower} and {@code upper}.
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
    LowerDecoder encodingLower,
    ChunkEncoder chunkEncoder,
    UpperDecoder upper) {

  /**
   * Reads a checkpoint's weights. Everything belongs to the manager.
   *
   * @param encodingProduct makes the products of encoding from FP32 weights (o, i)
   */
  static Network load(
      Checkpoint checkpoint, NDManager manager, Function<NDArray, Linear> encodingProduct) {
    try (Weights weights = new Weights(checkpoint, manager)) {
      return of(checkpoint.config(), weights, encodingProduct);
    }
  }

  static Network of(
      ModelConfig config, Weights weights, Function<NDArray, Linear> encodingProduct) {
    RotaryEmbedding rotary =
        new RotaryEmbedding(
            weights.manager(), positions(config), config.headDim(), config.ropeTheta());
    LayerReader reader = new LayerReader(config, weights, rotary);
    return new Network(
        config,
        reader.weight("embed_tokens"),
        rotary,
        reader.lowerDecoder(Linear.Float32::new),
        reader.lowerDecoder(encodingProduct),
        reader.chunkEncoder(encodingProduct),
        reader.upperDecoder());
  }

  /** The sink, the W - 1 tokens of a window and a block; a chunk and cls need no more. */
  private static int positions(ModelConfig config) {
    return config.slidingWindow() + blockTokens(config);
  }

  /** The most tokens of one run: the smallest power of two of chunks that holds W - 1 tokens. */
  static int blockTokens(ModelConfig config) {
    int tokens = config.chunkSize();
    while (tokens < config.slidingWindow() - 1) {
      tokens = Math.multiplyExact(tokens, 2);
    }
    return tokens;
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

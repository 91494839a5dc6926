package dev.cairn.model;

import java.util.List;

/** The form of a checkpoint (config.json); the symbols of the paper stand in brackets. */
public record ModelConfig(
    int vocabSize,
    int hiddenSize,
    int attentionHeads,
    int keyValueHeads,
    int headDim,
    int intermediateSize,
    double rmsNormEps,
    double ropeTheta,
    int slidingWindow,
    int lowerLayers,
    int upperLayers,
    List<Integer> hsaLayers,
    int chunkSize,
    int encoderLayers,
    int memoryKeyValueHeads,
    int retrievalDim,
    int topK,
    Landmark landmark,
    ChunkWeights chunkWeights,
    Residual residual,
    int bosTokenId,
    int eosTokenId) {

  /**
   * @throws IllegalArgumentException when the numbers do not fit each other
   */
  public ModelConfig {
    hsaLayers = List.copyOf(hsaLayers);
    requirePositive("vocab_size", vocabSize);
    requirePositive("hidden_size", hiddenSize);
    requirePositive("num_attention_heads", attentionHeads);
    requirePositive("num_key_value_heads", keyValueHeads);
    requirePositive("head_dim", headDim);
    requirePositive("intermediate_size", intermediateSize);
    requirePositive("rms_norm_eps", rmsNormEps);
    requirePositive("rope_theta", ropeTheta);
    requirePositive("sliding_window", slidingWindow);
    requirePositive("num_lower_layers", lowerLayers);
    requirePositive("num_upper_layers", upperLayers);
    requirePositive("chunk_size", chunkSize);
    requirePositive("encoder_layers", landmark == Landmark.NONE ? 1 : encoderLayers);
    requirePositive("memory_kv_heads", memoryKeyValueHeads);
    requirePositive("retrieval_dim", retrievalDim);
    requirePositive("top_k", topK);
    require(headDim % 2 == 0, "head_dim must be even");
    require(
        attentionHeads % keyValueHeads == 0,
        "num_attention_heads must be a multiple of num_key_value_heads");
    require(
        attentionHeads % memoryKeyValueHeads == 0,
        "num_attention_heads must be a multiple of memory_kv_heads");
    require(
        2L * Short.BYTES * memoryKeyValueHeads * headDim < Integer.MAX_VALUE / chunkSize,
        "memory_kv_heads, head_dim and chunk_size make a chunk of more than 2 GiB");
    require(
        (long) attentionHeads * headDim <= Integer.MAX_VALUE,
        "num_attention_heads and head_dim are too large");
    require(
        isAscendingBelow(hsaLayers, upperLayers),
        "hsa_layers must name at least one upper" + " layer, each once and in ascending order");
    require(isBetween(bosTokenId, 0, vocabSize), "bos_token_id must be below vocab_size");
    require(isBetween(eosTokenId, 0, vocabSize), "eos_token_id must be below vocab_size");
  }

  private static void requirePositive(String key, double value) {
    require(value > 0 && Double.isFinite(value), key + " must be positive, not " + value);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  private static boolean isAscendingBelow(List<Integer> layers, int end) {
    int least = 0;
    for (int layer : layers) {
      if (!isBetween(layer, least, end)) {
        return false;
      }
      least = layer + 1;
    }
    return !layers.isEmpty();
  }

  private static boolean isBetween(int value, int first, int end) {
    return value >= first && value < end;
  }

  /** What a chunk's landmark is made from. */
  public enum Landmark {
    CLS,
    MEAN,
    NONE
  }

  /** How the scores of the selected chunks become weights. */
  public enum ChunkWeights {
    SOFTMAX,
    STICK_BREAKING
  }

  /** How what was read enters the stream. */
  public enum Residual {
    BYPASS,
    STANDARD
  }

  /** BF16 bytes of one chunk's keys and values: (2, Hm, S, e). */
  public int chunkBytes() {
    return 2 * memoryKeyValueHeads * chunkSize * headDim * Short.BYTES;
  }

  /**
   * The most tokens that are encoded in one run: the smallest power of two of chunks that holds W -
   * 1 tokens.
   */
  public int blockTokens() {
    int tokens = chunkSize;
    while (tokens < slidingWindow - 1) {
      tokens = Math.multiplyExact(tokens, 2);
    }
    return tokens;
  }

  /**
   * @throws IllegalArgumentException when an id is outside of the vocabulary
   */
  public void requireIds(int[] ids) {
    for (int id : ids) {
      require(isBetween(id, 0, vocabSize), "id %d is outside of the vocabulary".formatted(id));
    }
  }
}

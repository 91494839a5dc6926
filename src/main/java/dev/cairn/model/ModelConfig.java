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
}

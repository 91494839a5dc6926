package dev.cairn.model;

import static dev.cairn.model.Sizes.require;
import static dev.cairn.model.Sizes.requirePositive;

import java.util.List;

/**
 * The form of arXiv 2510.17196: documents pass the lower half of the decoder and a chunk encoder;
 * prompts pass both halves, and the HSA blocks in the upper one read the chunks.
 *
 * @param decoder of both halves
 * @param slidingWindow W, tokens that a token sees in a layer, itself included
 * @param lowerLayers of the half that documents and prompts pass
 * @param upperLayers of the half that only prompts pass
 * @param encoder makes chunks of lower states
 * @param blocks read chunks
 * @param chunk what is kept of a chunk: the keys and values of one layer
 */
public record Hsa(
    DecoderShape decoder,
    int slidingWindow,
    int lowerLayers,
    int upperLayers,
    Encoder encoder,
    Blocks blocks,
    ChunkForm chunk)
    implements ModelForm {

  /**
   * @throws IllegalArgumentException when the numbers do not fit each other
   */
  public Hsa {
    requirePositive("sliding_window", slidingWindow);
    requirePositive("num_lower_layers", lowerLayers);
    requirePositive("num_upper_layers", upperLayers);
    requirePositive("retrieval_dim", chunk.landmarkDim());
    require(
        blocks.beforeLayers().getLast() < upperLayers, "hsa_layers must name upper layers only");
    require(
        decoder.heads().heads() % chunk.heads() == 0,
        "num_attention_heads must be a multiple of memory_kv_heads");
  }

  /**
   * The chunk encoder.
   *
   * @param layers that it has; 0 when landmarks are made of the lower states as they are
   * @param landmark what one is made from
   */
  public record Encoder(int layers, Landmark landmark) {

    public Encoder {
      if (landmark == Landmark.NONE) {
        layers = 0;
      } else {
        requirePositive("encoder_layers", layers);
      }
    }
  }

  /**
   * The HSA blocks.
   *
   * @param beforeLayers the upper layers that one stands before, ascending
   * @param topK chunks that a token reads in each, at most
   * @param weights how scores become weights
   * @param residual how what was read enters the stream
   */
  public record Blocks(
      List<Integer> beforeLayers, int topK, ChunkWeights weights, Residual residual) {

    public Blocks {
      beforeLayers = List.copyOf(beforeLayers);
      requirePositive("top_k", topK);
      require(
          isAscending(beforeLayers),
          "hsa_layers must name at least one upper layer, each once and in ascending order");
    }

    private static boolean isAscending(List<Integer> layers) {
      int least = 0;
      for (int layer : layers) {
        if (layer < least) {
          return false;
        }
        least = layer + 1;
      }
      return !layers.isEmpty();
    }
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

  @Override
  public String name() {
    return "hsa";
  }

  @Override
  public int chunksRead() {
    return blocks.topK();
  }

  @Override
  public long bytesRead(int tokens) {
    long place = 2L * decoder.heads().keyValueWidth() * Float.BYTES;
    long windows = (long) (lowerLayers + upperLayers) * Math.min(slidingWindow, tokens) * place;
    return windows + (long) blocks.beforeLayers().size() * blocks.topK() * chunk.bytes();
  }

  /** What lies further back than the window is forgotten. */
  @Override
  public int contextTokens() {
    return slidingWindow;
  }

  /** How queries read the keys and values of chunks: H, Hm, e. */
  public HeadLayout memoryHeads() {
    return decoder.heads().reading(chunk.heads());
  }

  /** The smallest power of two of chunks that holds W - 1 tokens. */
  @Override
  public int blockTokens() {
    int tokens = chunk.size();
    while (tokens < slidingWindow - 1) {
      tokens = Math.multiplyExact(tokens, 2);
    }
    return tokens;
  }

  /**
   * A window is no longer than a block. So what the first layer computes is exact one block behind
   * the start of a run-up, what each further layer computes one block later, and all of it behind
   * as many blocks as there are layers.
   */
  @Override
  public int runUpBlocks() {
    return lowerLayers;
  }
}

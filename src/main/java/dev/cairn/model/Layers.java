package dev.cairn.model;

import static dev.cairn.model.Sizes.require;
import static dev.cairn.model.Sizes.requirePositive;

import org.jspecify.annotations.Nullable;

/**
 * A pretrained decoder of the Llama and Qwen families that reads the keys and values which it
 * computed itself when a document was encoded. Chunks are chosen once for an answer; its layers
 * from m on see them between a fixed prefix and the prompt, under one softmax.
 *
 * <p>Symbols: L layers, m memory start, R retrieval layer, S chunk_size, P tokens of the prefix.
 *
 * @param decoder its sizes
 * @param layers L
 * @param features what the families differ by
 * @param positions tokens that it can see at once: prefix, chunks, prompt and answer
 * @param memoryStart m, the first layer that reads chunks
 * @param blocks how documents are cut for encoding
 * @param retrieval how chunks are found by landmarks; null when there are none
 * @param choice of chunks
 * @param prompt the texts around documents and questions
 * @param chunk what is kept of a chunk: keys and values of the layers from m on
 */
public record Layers(
    DecoderShape decoder,
    int layers,
    Features features,
    int positions,
    int memoryStart,
    Blocks blocks,
    @Nullable Retrieval retrieval,
    Choice choice,
    PromptForm prompt,
    ChunkForm chunk)
    implements ModelForm {

  /**
   * @throws IllegalArgumentException when the numbers do not fit each other
   */
  public Layers {
    requirePositive("num_hidden_layers", layers);
    requirePositive("max_position_embeddings", positions);
    require(
        memoryStart >= 0 && memoryStart < layers,
        "memory_start must be below num_hidden_layers, not " + memoryStart);
    require(chunk.layers() == layers - memoryStart, "a chunk has each layer from memory_start on");
    require((retrieval == null) == (chunk.landmarkDim() == 0), "landmarks need a retrieval_layer");
    require(
        retrieval == null || retrieval.layer() <= layers,
        "retrieval_layer must not be above num_hidden_layers");
  }

  /**
   * @param attentionBias whether queries, keys and values have biases (Qwen 2)
   * @param headNorms whether each head's queries and keys are normed (Qwen 3)
   * @param tiedOutput whether the embedding is the output as well
   */
  public record Features(boolean attentionBias, boolean headNorms, boolean tiedOutput) {

    /** Whether keys are kept without their bias: where they are normed, it has gone into them. */
    public boolean keepsKeysWithoutBias() {
      return attentionBias && !headNorms;
    }
  }

  /**
   * A document is encoded in blocks that know nothing of each other but a run-up.
   *
   * @param chunks of a block (stretch_chunks)
   * @param runUpTokens that are computed before a block and thrown away
   */
  public record Blocks(int chunks, int runUpTokens) {

    public Blocks {
      requirePositive("stretch_chunks", chunks);
      require(runUpTokens >= 0, "run_up must not be negative");
    }
  }

  /**
   * @param layer R: landmarks and queries pass the layers before it
   * @param scale what the product of two landmarks is multiplied with (retrieval_scale)
   */
  public record Retrieval(int layer, float scale) {

    public Retrieval {
      requirePositive("retrieval_layer", layer);
      requirePositive("retrieval_scale", scale);
    }
  }

  /**
   * @param neighbours chunks on either side that a chosen one brings along, at most
   * @param chunks that are read (read_chunks)
   */
  public record Choice(int neighbours, int chunks) {

    public Choice {
      require(neighbours >= 0, "neighbours must not be negative");
      requirePositive("read_chunks", chunks);
    }
  }

  /**
   * How many chunks may be read, so that all that is seen has a position.
   *
   * @param tokens that are seen beside them
   */
  public int chunksBeside(int tokens) {
    return Math.min(choice.chunks(), Math.max(0, (positions - tokens) / chunk.size()));
  }

  /** R; 0 when there are no landmarks. */
  public int retrievalLayers() {
    return retrieval == null ? 0 : retrieval.layer();
  }

  @Override
  public String name() {
    return "layers";
  }

  @Override
  public int chunksRead() {
    return choice.chunks();
  }

  @Override
  public long bytesRead(int tokens) {
    long place = 2L * decoder.heads().keyValueWidth() * Float.BYTES;
    long memory = (long) choice.chunks() * chunk.size() * chunk.layers();
    return place * ((long) tokens * layers + memory);
  }

  @Override
  public int blockTokens() {
    return Math.multiplyExact(blocks.chunks(), chunk.size());
  }

  /** Where all chunks are read; fewer are where a prompt is longer. */
  @Override
  public int contextTokens() {
    return Math.max(1, positions - choice.chunks() * chunk.size());
  }

  /** As many as hold the run-up. */
  @Override
  public int runUpBlocks() {
    return Math.ceilDiv(blocks.runUpTokens(), blockTokens());
  }
}

package dev.cairn.model;

/**
 * How a model reads what was stored of documents. Each form has its own weights, its own back ends
 * and its own way through them; all others see what stands here.
 */
public sealed interface ModelForm permits Hsa, Layers {

  /** What people call it. */
  String name();

  DecoderShape decoder();

  /** What is kept of a chunk. */
  ChunkForm chunk();

  /** Tokens of a document that are encoded in one run, at most: whole chunks. */
  int blockTokens();

  /** Whole blocks before a block that make all that is carried into it exact. */
  int runUpBlocks();

  /** Chunks that one token reads at once, at most. */
  int chunksRead();

  /**
   * Bytes of keys and values that a token reads behind so many others: of these in F32, of chunks
   * in BF16.
   */
  long bytesRead(int tokens);

  /** Tokens of prompt and answer together that the decoder still remembers at the last of them. */
  int contextTokens();
}

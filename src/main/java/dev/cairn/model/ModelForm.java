package dev.cairn.model;

/**
 * How a model reads what was stored of documents. Each form has its own weights, its own back ends
 * and its own way through them; all others see what stands here.
 */
public sealed interface ModelForm permits Hsa {

  /** What people call it. */
  String name();

  DecoderShape decoder();

  /** What is kept of a chunk. */
  ChunkForm chunk();

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

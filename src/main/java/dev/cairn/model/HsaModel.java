package dev.cairn.model;

/**
 * A loaded checkpoint: encodes documents and answers prompts from stored chunks (arXiv 2510.17196).
 * Safe for many threads; all tensor work runs on one native thread, answers before encoding.
 */
public interface HsaModel extends AutoCloseable {

  Checkpoint checkpoint();

  /** The number format of encoding: the one of the settings, else the quicker one. */
  ComputePath path();

  /** The device that tensors live on, as the engine names it. */
  String device();

  /** A new encoder that stands before the first token of a document (or of a run-up). */
  DocumentEncoder encoder();

  /**
   * Writes an answer. Blocks until it is finished; interrupting the thread cancels it.
   *
   * @param prompt prompt ids, at least one
   * @param memory the chunks the prompt may read; may be empty
   * @param sink told of every token
   */
  Generation generate(int[] prompt, ChunkMemory memory, Sampling sampling, TokenSink sink);

  @Override
  void close();
}

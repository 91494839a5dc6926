package dev.cairn.model;

/** Writes answers from prompts and stored chunks. Safe for many threads. */
public interface AnswerWriter {

  /**
   * Writes an answer. Blocks until it is finished; interrupting the thread cancels it.
   *
   * @param prompt prompt ids, at least one
   * @param memory the chunks the prompt may read; may be empty
   * @param sink told of every token
   * @throws IllegalArgumentException when the prompt is empty or has an id outside of the
   *     vocabulary
   * @throws RuntimeException what the memory or the sink threw
   */
  Generation generate(int[] prompt, ChunkMemory memory, Sampling sampling, TokenSink sink);
}

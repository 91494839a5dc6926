package dev.cairn.model;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Advances prompts and answers, several in one step. What a sequence predicts does not depend on
 * those beside it. On the native thread only.
 */
public interface AnswerDecoder extends AutoCloseable {

  /** The most tokens of one step, over all its sequences. */
  int rows();

  /**
   * A sequence that stands before the first token of a prompt.
   *
   * @param prompt all that steps will read before the answer
   * @param mostTokens of prompt and answer together
   */
  DecodedSequence open(int[] prompt, int mostTokens, ChunkMemory memory);

  /**
   * Advances the sequences of a batch.
   *
   * @param batch different ones, opened here
   * @return nanoseconds that it took, time in the memories left out
   */
  long step(List<ScheduledSequence> batch);

  /** Runs parts that have nothing to do with each other, at once where there are threads for it. */
  default void share(int parts, IntConsumer part) {
    IntStream.range(0, parts).forEach(part);
  }

  /** Whether the first steps are slow, so that some are to be taken before the first answer. */
  default boolean warmsUp() {
    return false;
  }

  /** Frees what the sequence holds. */
  void close(DecodedSequence sequence);

  @Override
  void close();
}

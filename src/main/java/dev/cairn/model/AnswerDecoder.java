package dev.cairn.model;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Advances prompts and answers, several in one step. What a sequence predicts does not depend on
 * those beside it. On the native thread only.
 */
public interface AnswerDecoder extends AutoCloseable {

  /** The most tokens of one step, over all steps. */
  int rows();

  DecodedSequence open(ChunkMemory memory);

  /**
   * @param steps of different sequences, opened here
   * @return how long the two halves took
   */
  StepTime step(List<SequenceStep> steps);

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

  /**
   * Wall times in nanoseconds, time in the steps' memories left out.
   *
   * @param lower through the lower decoder
   * @param upper through the upper decoder, to the logits
   */
  record StepTime(long lower, long upper) {}
}

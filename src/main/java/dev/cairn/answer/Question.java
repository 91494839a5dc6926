package dev.cairn.answer;

import dev.cairn.model.Sampling;
import java.util.List;

/**
 * A question that can be answered.
 *
 * @param text without control characters
 * @param prompt that it makes, with what was said before
 * @param sampling goes on behind {@code maxTokens} where the first tokens of a shorter answer are
 *     weighed
 * @param maxTokens tokens of the answer, at most
 * @param stops strings before which the answer ends
 * @param deadline of the answer
 * @param minEvidence an answer with less becomes an abstention
 * @param trace whether the answer tells what each of its tokens read
 * @param receivedNanos when it came, on the clock of {@link System#nanoTime()}
 * @param tokenizeNanos what making its tokens took
 */
public record Question(
    String text,
    Prompt prompt,
    RetrievalMode retrieval,
    Sampling sampling,
    int maxTokens,
    List<String> stops,
    Deadline deadline,
    double minEvidence,
    boolean trace,
    long receivedNanos,
    long tokenizeNanos) {

  /** Whether what the model writes is taken only where enough speaks for it. */
  boolean checks() {
    return minEvidence > -1;
  }
}

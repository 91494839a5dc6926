package dev.cairn.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * What became of a question.
 *
 * @param answered whether an answer was given, right or wrong
 * @param evidence what the answer says of itself; null when it says nothing
 * @param goldFirst whether every block chose the passage that says it as its best chunk, before the
 *     first token; false when there is none
 * @param goldChosen whether every block chose it at all
 * @param citedAnswer whether the first citation holds a right answer
 * @param weak whether the first citation is marked weak
 */
public record Outcome(
    KnownQuestion question,
    String answer,
    boolean answered,
    @Nullable Double evidence,
    boolean goldFirst,
    boolean goldChosen,
    boolean citedAnswer,
    boolean weak,
    double millis) {

  /** Exactly an answer that is known to be right ({@link AnswerScore}). */
  public boolean right() {
    return answered && AnswerScore.exact(answer, question.answers());
  }
}

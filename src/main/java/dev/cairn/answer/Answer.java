package dev.cairn.answer;

import dev.cairn.corpus.AskedScope;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question and what became of it.
 *
 * @param scope what was asked of
 * @param failure why there is no answer, once that is so
 * @param content the answer, once it is finished
 */
public record Answer(
    UUID id,
    AskedScope scope,
    String question,
    State state,
    Instant createdAt,
    @Nullable Failure failure,
    @Nullable AnswerContent content) {

  /** RUNNING to FINISHED, FAILED or CANCELLED. */
  public enum State {
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED
  }

  /**
   * Why there is no answer.
   *
   * @param code a stable code
   * @param detail a sentence that says what to do
   */
  public record Failure(String code, String detail) {

    public static Failure of(RuntimeException thrown) {
      return thrown instanceof Problem problem
          ? new Failure(problem.code().json(), problem.detail())
          : new Failure(ProblemCode.INTERNAL.json(), "The answer failed: ask again.");
    }
  }
}

package dev.cairn.answer;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;

/** Says why there is no answer. */
public final class Failures {

  private Failures() {}

  public static Answer.Failure of(RuntimeException thrown) {
    return thrown instanceof Problem problem
        ? new Answer.Failure(problem.code().json(), problem.detail())
        : new Answer.Failure(ProblemCode.INTERNAL.json(), "The answer failed: ask again.");
  }
}

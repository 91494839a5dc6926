package dev.cairn.answer;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Lets a bounded number of questions in; the model answers them in turn. */
@Component
final class Admission {

  private final Semaphore places;

  Admission(AnswerSettings settings) {
    this.places = new Semaphore(settings.waitingQuestions());
  }

  /**
   * @throws Problem overloaded when all places are taken
   */
  <T> T admit(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw new Problem(
          ProblemCode.OVERLOADED, "Too many questions are waiting. Ask again in a moment.");
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}

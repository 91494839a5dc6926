package dev.cairn.answer;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets a bounded number of questions in, and lets a bounded number wait. A place that becomes free
 * goes to the waiting tenant that holds the fewest, to the question of it that came first.
 */
@Component
public final class Admission {

  private static final long POLL_MILLIS = 250;

  private final AdmissionSettings settings;
  private final List<Waiting> queue = new ArrayList<>();
  private final Map<UUID, Integer> openByTenant = new HashMap<>();
  private int open;

  Admission(AdmissionSettings settings) {
    this.settings = settings;
  }

  /** A question in the queue; told from others by identity. */
  private static final class Waiting {

    private final UUID tenant;

    Waiting(UUID tenant) {
      this.tenant = tenant;
    }
  }

  /**
   * Waits for a place and does the work in it.
   *
   * @param observer asked now and then whether anybody still waits for the answer
   * @throws Problem overloaded when the queue is full or its client left, rate_limited when the
   *     tenant's part of it is, deadline_exceeded when no place came in time
   */
  <T> T admit(UUID tenant, Deadline deadline, AnswerObserver observer, Supplier<T> work) {
    enter(new Waiting(tenant), deadline, observer);
    try {
      return work.get();
    } finally {
      leave(tenant);
    }
  }

  private synchronized void enter(Waiting waiting, Deadline deadline, AnswerObserver observer) {
    queue.add(waiting);
    try {
      if (next() != waiting) {
        refuseTooMany(waiting.tenant);
        await(waiting, deadline, observer);
      }
      open++;
      openByTenant.merge(waiting.tenant, 1, Integer::sum);
    } finally {
      queue.remove(waiting);
      notifyAll();
    }
  }

  private void await(Waiting waiting, Deadline deadline, AnswerObserver observer) {
    while (next() != waiting) {
      if (deadline.isOver()) {
        throw Deadline.exceeded();
      }
      if (observer.hasLeft()) {
        throw new Problem(ProblemCode.OVERLOADED, "The client left while its question waited.");
      }
      pause(Math.clamp(deadline.leftNanos() / 1_000_000, 1, POLL_MILLIS));
    }
  }

  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(ProblemCode.OVERLOADED, "The service is ending: ask again.", e);
    }
  }

  private @Nullable Waiting next() {
    if (open == settings.openAnswers()) {
      return null;
    }
    return queue.stream()
        .filter(each -> openOf(each.tenant) < settings.ofTenant(settings.openAnswers()))
        .min(Comparator.comparingInt(each -> openOf(each.tenant)))
        .orElse(null);
  }

  private int openOf(UUID tenant) {
    return openByTenant.getOrDefault(tenant, 0);
  }

  /** Counts the question that has just come. */
  private void refuseTooMany(UUID tenant) {
    if (queue.size() > settings.waitingQuestions()) {
      throw new Problem(
          ProblemCode.OVERLOADED, "Too many questions are waiting. Ask again in a moment.");
    }
    long own = queue.stream().filter(each -> each.tenant.equals(tenant)).count();
    if (own > settings.ofTenant(settings.waitingQuestions())) {
      throw new Problem(
          ProblemCode.RATE_LIMITED,
          "%d of your questions are waiting already. Ask again when some are answered."
              .formatted(own - 1));
    }
  }

  private synchronized void leave(UUID tenant) {
    open--;
    openByTenant.computeIfPresent(tenant, (id, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  /** Answers being written. */
  public synchronized int open() {
    return open;
  }

  /** Questions that wait. */
  public synchronized int waiting() {
    return queue.size();
  }
}

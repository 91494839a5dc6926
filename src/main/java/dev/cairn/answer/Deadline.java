package dev.cairn.answer;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When an answer has to end.
 *
 * @param endNanos on the clock of {@link System#nanoTime()}
 */
public record Deadline(long endNanos) {

  /**
   * @param asked an ISO-8601 duration or milliseconds, from the question's arrival; null for the
   *     longest
   * @throws Problem invalid_request when it is neither, not above zero or above the longest
   */
  public static Deadline parse(@Nullable Object asked, Duration longest, long receivedNanos) {
    Duration duration = asked == null ? longest : duration(asked);
    if (duration == null || duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw Problem.ofField(
          "deadline", "deadline must be an ISO-8601 duration like PT30S, or milliseconds.");
    }
    if (duration.compareTo(longest) > 0) {
      throw Problem.ofField(
          "deadline", "deadline must be at most %s (cairn.answer.deadline).".formatted(longest));
    }
    return new Deadline(receivedNanos + duration.toNanos());
  }

  private static @Nullable Duration duration(Object asked) {
    try {
      return switch (asked) {
        case Integer millis -> Duration.ofMillis(millis);
        case Long millis -> Duration.ofMillis(millis);
        case String text -> Duration.parse(text.toUpperCase(Locale.ROOT));
        default -> null;
      };
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  long leftNanos() {
    return endNanos - System.nanoTime();
  }

  boolean isOver() {
    return leftNanos() <= 0;
  }

  /** The problem of a question to which nothing was answered in time. */
  static Problem exceeded() {
    return new Problem(
        ProblemCode.DEADLINE_EXCEEDED,
        "The deadline passed before the answer began: ask again with a later one.");
  }
}

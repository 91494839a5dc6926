package dev.cairn.catalogue;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param cursor asks for the part after this one; null when there is none
 */
public record Page<T>(List<T> items, @Nullable String cursor) {

  private static final int LONGEST = 200;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /**
   * The page of a query that asked for one item more than the limit.
   *
   * @param position of an item, which its successor's page begins after
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, String> position) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> items = List.copyOf(found.subList(0, limit));
    byte[] last = position.apply(items.getLast()).getBytes(StandardCharsets.UTF_8);
    return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
  }

  public <R> Page<R> map(Function<T, R> change) {
    return new Page<>(items.stream().map(change).toList(), cursor);
  }

  /**
   * The position that a cursor stands for; an empty one before the first.
   *
   * @throws Problem invalid_request when no page gave this cursor
   */
  public static String position(@Nullable String cursor) {
    try {
      return cursor == null
          ? ""
          : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw unknownCursor(e);
    }
  }

  /**
   * The same for a list in the order of ids.
   *
   * @throws Problem invalid_request when no page gave this cursor
   */
  public static UUID after(@Nullable String cursor) {
    try {
      return cursor == null ? BEFORE_ALL : UUID.fromString(position(cursor));
    } catch (IllegalArgumentException e) {
      throw unknownCursor(e);
    }
  }

  public static Problem unknownCursor(IllegalArgumentException cause) {
    return new Problem(
        ProblemCode.INVALID_REQUEST,
        "The cursor is not one of this list: take it from the page before.",
        cause);
  }

  /**
   * @throws Problem invalid_request unless the limit is 1 to 200
   */
  public static void checkLimit(int limit) {
    if (limit < 1 || limit > LONGEST) {
      throw new Problem(
          ProblemCode.INVALID_REQUEST, "limit must be 1 to %d, not %d.".formatted(LONGEST, limit));
    }
  }
}

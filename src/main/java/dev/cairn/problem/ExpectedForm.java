package dev.cairn.problem;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a value of a request has to be, in words. */
final class ExpectedForm {

  private ExpectedForm() {}

  static String of(@Nullable Class<?> type) {
    if (type == Integer.class || type == int.class) {
      return wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == Long.class || type == long.class) {
      return wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == null) {
      return "of another type, see /v3/api-docs";
    }
    return isNumber(type) ? number(type) : other(type);
  }

  private static boolean isNumber(Class<?> type) {
    return Number.class.isAssignableFrom(type) || type == float.class || type == double.class;
  }

  private static String number(Class<?> type) {
    return type == BigInteger.class ? "a whole number" : "a number";
  }

  private static String other(Class<?> type) {
    if (type == String.class) {
      return "a string";
    }
    if (type == UUID.class) {
      return "an id, 36 characters like 01234567-89ab-7def-8123-456789abcdef";
    }
    if (type == Instant.class) {
      return "a time in UTC like 2026-01-31T12:00:00Z";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String wholeNumber(long least, long most) {
    return "a whole number from %d to %d".formatted(least, most);
  }
}

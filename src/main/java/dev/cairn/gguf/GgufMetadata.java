package dev.cairn.gguf;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.LongStream;

/**
 * The keys and values of a file, each read as what it should be. Every reader throws {@link
 * GgufException} with the key: when it is not there, and when it holds something else.
 */
public final class GgufMetadata {

  private final Path file;
  private final SortedMap<String, GgufValue> values;

  GgufMetadata(Path file, SortedMap<String, GgufValue> values) {
    this.file = file;
    this.values = values;
  }

  /** The file that they stand in. */
  public Path file() {
    return file;
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public String text(String key) {
    return value(key) instanceof GgufValue.Text(String text) ? text : fail(key, "a string");
  }

  public boolean truth(String key) {
    return value(key) instanceof GgufValue.Truth(boolean truth)
        ? truth
        : fail(key, "true or false");
  }

  public long whole(String key) {
    return value(key) instanceof GgufValue.Whole(long whole) ? whole : fail(key, "a whole number");
  }

  /** A whole number from 0 on that an int holds. */
  public int count(String key) {
    long whole = whole(key);
    return whole >= 0 && whole <= Integer.MAX_VALUE ? (int) whole : fail(key, "a count");
  }

  /** A number, whole or not. */
  public double real(String key) {
    return switch (value(key)) {
      case GgufValue.Real(double real) -> real;
      case GgufValue.Whole(long whole) -> whole;
      default -> fail(key, "a number");
    };
  }

  public List<String> texts(String key) {
    return value(key) instanceof GgufValue.Texts(List<String> texts) ? texts : fail(key, "strings");
  }

  public long[] wholes(String key) {
    return value(key) instanceof GgufValue.Wholes(long[] wholes)
        ? wholes.clone()
        : fail(key, "whole numbers");
  }

  /** Numbers, whole or not. */
  public double[] reals(String key) {
    return switch (value(key)) {
      case GgufValue.Reals(double[] reals) -> reals.clone();
      case GgufValue.Wholes(long[] wholes) -> LongStream.of(wholes).asDoubleStream().toArray();
      default -> fail(key, "numbers");
    };
  }

  private GgufValue value(String key) {
    GgufValue value = values.get(key);
    if (value == null) {
      throw new GgufException(
          GgufException.Reason.KEY_MISSING, "%s has no key %s".formatted(file, key));
    }
    return value;
  }

  private <T> T fail(String key, String expected) {
    throw new GgufException(
        GgufException.Reason.KEY_INVALID,
        "%s: %s must be %s, not %s".formatted(file, key, expected, value(key).kind()));
  }
}

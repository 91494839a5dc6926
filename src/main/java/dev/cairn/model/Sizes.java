package dev.cairn.model;

/** Checks the numbers of a configuration, named by their keys in config.json. */
final class Sizes {

  private Sizes() {}

  static void requirePositive(String key, double value) {
    require(value > 0 && Double.isFinite(value), key + " must be positive, not " + value);
  }

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}

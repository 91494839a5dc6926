package dev.cairn.model;

/** Checks the numbers of a configuration, named by their keys in config.json. */
public final class Sizes {

  private Sizes() {}

  static void requirePositive(String key, double value) {
    require(value > 0 && Double.isFinite(value), key + " must be positive, not " + value);
  }

  /**
   * @throws IllegalArgumentException with the message unless the condition holds
   */
  public static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}

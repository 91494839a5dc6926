package dev.cairn.evaluate;

import java.util.Collection;
import java.util.function.Predicate;

/**
 * How many of how many, with Wilson's interval of 95 %.
 *
 * @param count of which it holds
 * @param of how many in all
 */
public record Share(int count, int of) {

  private static final double Z = 1.96;

  static <T> Share of(Collection<T> all, Predicate<T> holds) {
    return new Share((int) all.stream().filter(holds).count(), all.size());
  }

  /** NaN of nothing. */
  public double value() {
    return (double) count / of;
  }

  public double low() {
    return bound(-1);
  }

  public double high() {
    return bound(1);
  }

  private double bound(int side) {
    double centre = value() + Z * Z / (2 * of);
    double width = Z * Math.sqrt(value() * (1 - value()) / of + Z * Z / (4.0 * of * of));
    return Math.clamp((centre + side * width) / (1 + Z * Z / of), 0, 1);
  }

  @Override
  public String toString() {
    return of == 0
        ? "none"
        : "%d of %d (%.0f to %.0f %%)".formatted(count, of, 100 * low(), 100 * high());
  }
}

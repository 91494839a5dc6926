package dev.cairn.bench;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The middle, the lowest and the highest of several measurements. */
public record Spread(double median, double low, double high) {

  static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  /** Of a function that only rises or only falls. */
  Spread map(DoubleUnaryOperator function) {
    double low = function.applyAsDouble(this.low);
    double high = function.applyAsDouble(this.high);
    return new Spread(function.applyAsDouble(median), Math.min(low, high), Math.max(low, high));
  }
}

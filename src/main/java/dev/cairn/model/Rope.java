package dev.cairn.model;

import static dev.cairn.model.Sizes.require;
import static dev.cairn.model.Sizes.requirePositive;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Rotary positions of the half-split kind. Pair i of a head turns by p * theta^(-2i/e) / divisor_i
 * at position p.
 *
 * <p>Axes: e head_dim.
 *
 * @param theta base of the angles
 * @param divisors (e / 2); none when all are 1
 * @param scaling what made the divisors, for people
 */
public record Rope(double theta, List<Double> divisors, String scaling) {

  /**
   * @throws IllegalArgumentException when a number is not positive
   */
  public Rope {
    divisors = List.copyOf(divisors);
    requirePositive("rope_theta", theta);
    for (double divisor : divisors) {
      require(divisor > 0 && Double.isFinite(divisor), "a divisor of RoPE must be positive");
    }
  }

  /** Without scaling. */
  public static Rope plain(double theta) {
    return new Rope(theta, List.of(), "none");
  }

  /**
   * Llama 3's scaling: slow pairs turn {@code factor} times slower, quick ones as they did, and
   * those between by something between.
   *
   * @param headDim e
   */
  public static Rope llama3(double theta, int headDim, Llama3 scaling) {
    List<Double> divisors =
        IntStream.range(0, headDim / 2)
            .mapToObj(pair -> scaling.divisor(2 * Math.PI * Math.pow(theta, 2.0 * pair / headDim)))
            .toList();
    return new Rope(theta, divisors, scaling.description());
  }

  /** Radians that a pair turns by from one position to the next. */
  public double frequency(int pair, int headDim) {
    double frequency = Math.pow(theta, -2.0 * pair / headDim);
    return divisors.isEmpty() ? frequency : frequency / divisors.get(pair);
  }

  /**
   * The numbers of the scaling of type {@code llama3}.
   *
   * @param factor of slow pairs
   * @param lowFrequency turns within the original context, below which a pair is slow
   * @param highFrequency turns within it, above which a pair is quick
   * @param originalContext tokens of the context before it was scaled
   */
  public record Llama3(
      double factor, double lowFrequency, double highFrequency, double originalContext) {

    public Llama3 {
      requirePositive("factor", factor);
      requirePositive("low_freq_factor", lowFrequency);
      requirePositive("original_max_position_embeddings", originalContext);
      require(
          highFrequency > lowFrequency, "high_freq_factor must be greater than low_freq_factor");
    }

    private double divisor(double wavelength) {
      double turns = originalContext / wavelength;
      if (turns < lowFrequency) {
        return factor;
      }
      if (turns > highFrequency) {
        return 1;
      }
      double smooth = (turns - lowFrequency) / (highFrequency - lowFrequency);
      return 1 / ((1 - smooth) / factor + smooth);
    }

    private String description() {
      return String.format(
          Locale.ROOT,
          "llama3: factor %s, %s to %s turns, context %s",
          factor,
          lowFrequency,
          highFrequency,
          originalContext);
    }
  }
}

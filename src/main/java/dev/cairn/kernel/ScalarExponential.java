package dev.cairn.kernel;

/**
 * The exponential function as both kernels compute it: x = n ln 2 + r, exp(x) = 2^n exp(r), exp(r)
 * by its Taylor polynomial, |r| at most ln 2 / 2. Each operation is one that vectors have too.
 */
final class ScalarExponential {

  /** Below, the result has no normal number and counts as 0. */
  static final float LOWEST = -87;

  static final float HIGHEST = 88;

  static final float LOG2_E = 1.44269504f;

  /** Added and taken off again, it rounds to a whole number, whose bits it carries in between. */
  static final float ROUND = 12_582_912f;

  /** ln 2 in two parts; the high one has few bits, so that its product with n is exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;

  static final int BIAS = 127;

  static final int MANTISSA_BITS = 23;

  /** 1/7!, 1/6!, ... 1/2!. */
  static final float C7 = 1f / 5040;

  static final float C6 = 1f / 720;

  static final float C5 = 1f / 120;
  static final float C4 = 1f / 24;
  static final float C3 = 1f / 6;
  static final float C2 = 1f / 2;

  private ScalarExponential() {}

  static float of(float x) {
    if (x < LOWEST) {
      return 0;
    }
    float limited = Math.min(x, HIGHEST);
    float shifted = limited * LOG2_E + ROUND;
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, limited));
    float p = Math.fma(r, C7, C6);
    p = Math.fma(r, p, C5);
    p = Math.fma(r, p, C4);
    p = Math.fma(r, p, C3);
    p = Math.fma(r, p, C2);
    p = Math.fma(r, p, 1);
    p = Math.fma(r, p, 1);
    int exponent = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUND) + BIAS;
    return p * Float.intBitsToFloat(exponent << MANTISSA_BITS);
  }
}

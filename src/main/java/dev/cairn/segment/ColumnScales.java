package dev.cairn.segment;

import dev.cairn.model.KvFormat;

/**
 * Numbers of few bits with one F16 scale for each column of a matrix: x = number x scale. A number
 * is computed with the scale that is stored, so that they fit each other.
 *
 * <p>In eight bits the largest number of a column becomes 127 or -127. In four bits, which reach
 * from -8 to 7, some scales are tried, that leave it as it is or cut off a little of it to the good
 * of the others, and the one of the least squared error is taken. A column with a number that is
 * none, or infinite, becomes NaN, so that it is seen. Equal input gives equal bits on every
 * machine.
 *
 * @param least number
 * @param most number; no column's largest is cut off when this stands for it
 * @param divisors of a column's largest number, each of which gives another scale to try
 */
record ColumnScales(float least, float most, float... divisors) {

  private static final ColumnScales EIGHT_BITS = new ColumnScales(-127, 127);

  private static final ColumnScales FOUR_BITS = new ColumnScales(-8, 7, -7.5f, -8, -8.5f, -9);

  private static final float LARGEST_FLOAT16 = 65_504;

  /** Added and taken away again, it rounds a float to the nearest whole number. */
  private static final float ROUNDING = 3 << 22;

  /** Those of INT8 or INT4. */
  static ColumnScales of(KvFormat format) {
    return format == KvFormat.INT4 ? FOUR_BITS : EIGHT_BITS;
  }

  /**
   * Chooses scales.
   *
   * @param matrix (rows, columns)
   * @return one of each column; 0 where all are zeros
   */
  float[] choose(float[] matrix, int rows, int columns) {
    float[] peaks = peaks(matrix, rows, columns);
    float[] best = new float[columns];
    for (int column = 0; column < columns; column++) {
      best[column] = wholeScale(peaks[column]);
    }
    float[] leastErrors = divisors.length == 0 ? peaks : errors(matrix, rows, best);
    for (float divisor : divisors) {
      float[] scales = scales(peaks, divisor);
      float[] errors = errors(matrix, rows, scales);
      for (int column = 0; column < columns; column++) {
        if (errors[column] < leastErrors[column]) {
          best[column] = scales[column];
          leastErrors[column] = errors[column];
        }
      }
    }
    return best;
  }

  /** The number of each column that is furthest from 0. */
  private static float[] peaks(float[] matrix, int rows, int columns) {
    float[] highest = new float[columns];
    float[] lowest = new float[columns];
    float[] line = new float[columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, row * columns, line, 0, columns);
      for (int column = 0; column < columns; column++) {
        highest[column] = Math.max(highest[column], line[column]);
        lowest[column] = Math.min(lowest[column], line[column]);
      }
    }
    for (int column = 0; column < columns; column++) {
      highest[column] = lowest[column] < -highest[column] ? lowest[column] : highest[column];
    }
    return highest;
  }

  /** A scale that cuts nothing off, unless F16 has none so large. */
  private float wholeScale(float peak) {
    if (!Float.isFinite(peak)) {
      return Float.NaN;
    }
    float scale = stored(Math.abs(peak) / most);
    boolean fits = Math.abs(peak) * inverse(scale) < most + 0.5f && (scale > 0 || peak == 0);
    return fits || scale == LARGEST_FLOAT16
        ? scale
        : Float.float16ToFloat((short) (Float.floatToFloat16(scale) + 1));
  }

  private static float[] scales(float[] peaks, float divisor) {
    float[] scales = new float[peaks.length];
    for (int column = 0; column < scales.length; column++) {
      scales[column] = stored(peaks[column] / divisor);
    }
    return scales;
  }

  private static float stored(float scale) {
    float within = Math.clamp(scale, -LARGEST_FLOAT16, LARGEST_FLOAT16);
    return Float.float16ToFloat(Float.floatToFloat16(within));
  }

  /**
   * The sum of squares of what each column loses. Copying rows out first lets the compiler use
   * vectors, since all arrays of the loop then have one index.
   */
  private float[] errors(float[] matrix, int rows, float... scales) {
    int columns = scales.length;
    float[] inverses = inverses(scales);
    float[] errors = new float[columns];
    float[] line = new float[columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, row * columns, line, 0, columns);
      for (int column = 0; column < columns; column++) {
        float lost = line[column] - number(line[column], inverses[column]) * scales[column];
        errors[column] += lost * lost;
      }
    }
    return errors;
  }

  /** What numbers of a column are multiplied with to become whole. */
  float[] inverses(float... scales) {
    float[] inverses = new float[scales.length];
    for (int column = 0; column < inverses.length; column++) {
      inverses[column] = inverse(scales[column]);
    }
    return inverses;
  }

  private static float inverse(float scale) {
    return scale == 0 ? 0 : 1 / scale;
  }

  /**
   * The whole number that stands for x.
   *
   * @param inverse of the scale
   */
  float number(float x, float inverse) {
    float within = Math.max(least, Math.min(most, x * inverse));
    return (within + ROUNDING) - ROUNDING;
  }
}

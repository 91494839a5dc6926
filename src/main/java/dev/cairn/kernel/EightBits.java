package dev.cairn.kernel;

/** Numbers in eight bits with one scale for a vector: x = number x scale, scale = max|x| / 127. */
public final class EightBits {

  private EightBits() {}

  /**
   * The scale of a vector; 0 when it is all zeros. The one of a vector with a NaN is the same NaN
   * whatever computes it, so that equal input is stored as equal bytes.
   */
  public static float scale(float[] vector) {
    float max = 0;
    for (float each : vector) {
      max = Math.max(max, Math.abs(each));
    }
    return Float.isNaN(max) ? Float.NaN : max / Byte.MAX_VALUE;
  }

  /**
   * From -127 to 127. The quotient can pass 127 where the scale is too small for all bits of an F32
   * number.
   */
  public static byte number(float x, float scale) {
    return (byte) (scale == 0 ? 0 : Math.clamp(Math.round(x / scale), -127, 127));
  }
}

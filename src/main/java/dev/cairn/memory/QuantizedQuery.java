package dev.cairn.memory;

/**
 * A vector in eight bits: numbers x scale.
 *
 * @param numbers from -127 to 127, padded with zeros to a multiple of {@link ByteKernel#PADDING}
 * @param scale the largest magnitude / 127
 */
record QuantizedQuery(short[] numbers, float scale) {

  static QuantizedQuery of(float[] vector) {
    float scale = scale(vector);
    short[] numbers = new short[padded(vector.length)];
    for (int i = 0; i < vector.length; i++) {
      numbers[i] = (short) number(vector[i], scale);
    }
    return new QuantizedQuery(numbers, scale);
  }

  static int padded(int dim) {
    return Math.ceilDiv(dim, ByteKernel.PADDING) * ByteKernel.PADDING;
  }

  static float scale(float[] vector) {
    float max = 0;
    for (float each : vector) {
      max = Math.max(max, Math.abs(each));
    }
    return max / 127;
  }

  /** The quotient can pass 127 where the scale is too small for all bits of an F32 number. */
  static int number(float x, float scale) {
    return scale == 0 ? 0 : Math.clamp(Math.round(x / scale), -127, 127);
  }
}

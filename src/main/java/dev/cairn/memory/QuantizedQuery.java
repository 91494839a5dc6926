package dev.cairn.memory;

/**
 * A vector in eight bits: numbers x scale.
 *
 * @param numbers from -127 to 127, padded with zeros to a multiple of {@link ByteKernel#PADDING}
 * @param scale the largest magnitude / 127
 */
record QuantizedQuery(short[] numbers, float scale) {

  static QuantizedQuery of(float[] vector) {
    float scale = EightBits.scale(vector);
    short[] numbers = new short[padded(vector.length)];
    for (int i = 0; i < vector.length; i++) {
      numbers[i] = EightBits.number(vector[i], scale);
    }
    return new QuantizedQuery(numbers, scale);
  }

  static int padded(int dim) {
    return Math.ceilDiv(dim, ByteKernel.PADDING) * ByteKernel.PADDING;
  }
}

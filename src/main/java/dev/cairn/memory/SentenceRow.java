package dev.cairn.memory;

import java.nio.ByteBuffer;

/** A sentence landmark as int8 numbers with one scale: x = number x scale, scale = max|x| / 127. */
final class SentenceRow {

  private SentenceRow() {}

  /**
   * Writes the numbers to the row.
   *
   * @return the scale; 0 for a vector of zeros
   */
  static float quantize(float[] vector, ByteBuffer row) {
    float scale = largest(vector) / Byte.MAX_VALUE;
    for (float x : vector) {
      row.put(scale == 0 ? 0 : (byte) Math.round(x / scale));
    }
    return scale;
  }

  private static float largest(float[] vector) {
    float largest = 0;
    for (float x : vector) {
      largest = Math.max(largest, Math.abs(x));
    }
    return largest;
  }
}

package dev.cairn.segment;

import dev.cairn.kernel.EightBits;
import java.nio.ByteBuffer;

/** A sentence landmark in {@linkplain EightBits eight bits}, as a segment stores it. */
final class SentenceRow {

  private SentenceRow() {}

  /**
   * Writes the numbers to the row.
   *
   * @return the scale; 0 for a vector of zeros
   */
  static float quantize(float[] vector, ByteBuffer row) {
    float scale = EightBits.scale(vector);
    for (float x : vector) {
      row.put(EightBits.number(x, scale));
    }
    return scale;
  }
}

package dev.cairn.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Rows of BF16 numbers, little-endian. */
final class Bf16 {

  private static final ValueLayout.OfShort LAYOUT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Bf16() {}

  /** Reads a row as long as the target. A BF16 number is the upper half of an F32 number. */
  static void read(MemorySegment rows, int row, float[] target) {
    long offset = (long) row * target.length * Short.BYTES;
    for (int i = 0; i < target.length; i++) {
      short stored = rows.get(LAYOUT, offset + (long) i * Short.BYTES);
      target[i] = Float.intBitsToFloat(stored << Short.SIZE);
    }
  }
}

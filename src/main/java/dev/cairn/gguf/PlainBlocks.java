package dev.cairn.gguf;

import java.nio.ByteBuffer;

/** Formats whose block is one number. */
final class PlainBlocks {

  private PlainBlocks() {}

  static void widenF32(ByteBuffer bytes, int source, float[] numbers, int target) {
    numbers[target] = bytes.getFloat(source);
  }

  static void widenF16(ByteBuffer bytes, int source, float[] numbers, int target) {
    numbers[target] = half(bytes, source);
  }

  /** The upper half of an F32. */
  static void widenBf16(ByteBuffer bytes, int source, float[] numbers, int target) {
    numbers[target] = Float.intBitsToFloat(bytes.getShort(source) << 16);
  }

  static float half(ByteBuffer bytes, int source) {
    return Float.float16ToFloat(bytes.getShort(source));
  }
}

package dev.cairn.gguf;

import static dev.cairn.gguf.PlainBlocks.half;

import java.nio.ByteBuffer;

/**
 * The K formats: a block is 256 numbers in parts, each with a small whole scale of its own that the
 * block's F16 scale is multiplied by first.
 */
final class LargeBlocks {

  /** Numbers of one part of Q4_K and Q5_K. */
  private static final int PART = 32;

  private static final int SCALES = 4;
  private static final int SCALE_BYTES = 12;

  private LargeBlocks() {}

  /**
   * F16 scale, F16 minimum, 12 bytes with scales and minimums of the 8 parts, 128 bytes of digits:
   * parts 2k and 2k + 1 share 32 bytes, the lower and the upper half of each.
   */
  static void widenQ4(ByteBuffer bytes, int source, float[] numbers, int target) {
    int digits = source + SCALES + SCALE_BYTES;
    for (int part = 0; part < 8; part++) {
      float scale = half(bytes, source) * scale(bytes, source + SCALES, part);
      float minimum = half(bytes, source + 2) * minimum(bytes, source + SCALES, part);
      int from = digits + part / 2 * PART;
      int to = target + part * PART;
      for (int j = 0; j < PART; j++) {
        numbers[to + j] = scale * nibble(bytes, from + j, part) - minimum;
      }
    }
  }

  /**
   * As Q4_K with 32 bytes before the digits: bit p of byte j is the fifth of number j of part p.
   */
  static void widenQ5(ByteBuffer bytes, int source, float[] numbers, int target) {
    int fifths = source + SCALES + SCALE_BYTES;
    int digits = fifths + PART;
    for (int part = 0; part < 8; part++) {
      float scale = half(bytes, source) * scale(bytes, source + SCALES, part);
      float minimum = half(bytes, source + 2) * minimum(bytes, source + SCALES, part);
      int from = digits + part / 2 * PART;
      int to = target + part * PART;
      for (int j = 0; j < PART; j++) {
        int fifth = (bytes.get(fifths + j) >> part & 1) << 4;
        numbers[to + j] = scale * (nibble(bytes, from + j, part) | fifth) - minimum;
      }
    }
  }

  private static int nibble(ByteBuffer bytes, int at, int part) {
    return bytes.get(at) >> (part % 2 * 4) & 15;
  }

  /**
   * Six bits: parts 0 to 3 in bytes 0 to 3; of parts 4 to 7 the lower four in the lower half of
   * bytes 8 to 11, the upper two on top of bytes 0 to 3.
   */
  private static int scale(ByteBuffer bytes, int at, int part) {
    return part < 4
        ? bytes.get(at + part) & 63
        : bytes.get(at + part + 4) & 15 | (bytes.get(at + part - 4) >> 6 & 3) << 4;
  }

  /**
   * As the scales: in bytes 4 to 7, the upper half of bytes 8 to 11, and on top of bytes 4 to 7.
   */
  private static int minimum(ByteBuffer bytes, int at, int part) {
    return part < 4
        ? bytes.get(at + part + 4) & 63
        : bytes.get(at + part + 4) >> 4 & 15 | (bytes.get(at + part) >> 6 & 3) << 4;
  }

  /**
   * 128 bytes with the lower four bits, 64 with the upper two, 16 signed scales of 16 numbers each,
   * an F16 scale. Of each half of 128 numbers, run r of 32 has its lower bits in 64 bytes (runs 0
   * and 1 below, 2 and 3 above) and its upper bits at bit 2r of 32 bytes; the middle is 32.
   */
  static void widenQ6(ByteBuffer bytes, int source, float[] numbers, int target) {
    float whole = half(bytes, source + 208);
    for (int i = 0; i < 256; i++) {
      int part = i / 128;
      int run = i % 128 / 32;
      int lower = bytes.get(source + part * 64 + i % 64) >> (run / 2 * 4) & 15;
      int upper = bytes.get(source + 128 + part * 32 + i % 32) >> (run * 2) & 3;
      float scale = whole * bytes.get(source + 192 + i / 16);
      numbers[target + i] = scale * ((lower | upper << 4) - 32);
    }
  }
}

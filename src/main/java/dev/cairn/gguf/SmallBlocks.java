package dev.cairn.gguf;

import static dev.cairn.gguf.PlainBlocks.half;

import java.nio.ByteBuffer;

/**
 * Formats whose block is 32 numbers: an F16 scale d, in those named 1 an F16 minimum m behind it,
 * then the digits q. A number is d (q - middle) in those named 0, and d q + m in those named 1. Of
 * four and five bits, byte j holds the lower four of number j below and of number j + 16 above; the
 * fifth bits lie before them, number j's at bit j.
 */
final class SmallBlocks {

  private static final int NUMBERS = 32;
  private static final int HALF = NUMBERS / 2;

  private SmallBlocks() {}

  static void widenQ8Zero(ByteBuffer bytes, int source, float[] numbers, int target) {
    float scale = half(bytes, source);
    for (int j = 0; j < NUMBERS; j++) {
      numbers[target + j] = scale * bytes.get(source + 2 + j);
    }
  }

  static void widenQ4Zero(ByteBuffer bytes, int source, float[] numbers, int target) {
    float scale = half(bytes, source);
    for (int j = 0; j < HALF; j++) {
      int pair = bytes.get(source + 2 + j);
      numbers[target + j] = scale * ((pair & 15) - 8);
      numbers[target + j + HALF] = scale * ((pair >> 4 & 15) - 8);
    }
  }

  static void widenQ4One(ByteBuffer bytes, int source, float[] numbers, int target) {
    float scale = half(bytes, source);
    float minimum = half(bytes, source + 2);
    for (int j = 0; j < HALF; j++) {
      int pair = bytes.get(source + 4 + j);
      numbers[target + j] = scale * (pair & 15) + minimum;
      numbers[target + j + HALF] = scale * (pair >> 4 & 15) + minimum;
    }
  }

  static void widenQ5Zero(ByteBuffer bytes, int source, float[] numbers, int target) {
    float scale = half(bytes, source);
    int fifths = bytes.getInt(source + 2);
    for (int j = 0; j < HALF; j++) {
      int pair = bytes.get(source + 6 + j);
      numbers[target + j] = scale * ((pair & 15 | fifth(fifths, j)) - 16);
      numbers[target + j + HALF] = scale * ((pair >> 4 & 15 | fifth(fifths, j + HALF)) - 16);
    }
  }

  static void widenQ5One(ByteBuffer bytes, int source, float[] numbers, int target) {
    float scale = half(bytes, source);
    float minimum = half(bytes, source + 2);
    int fifths = bytes.getInt(source + 4);
    for (int j = 0; j < HALF; j++) {
      int pair = bytes.get(source + 8 + j);
      numbers[target + j] = scale * (pair & 15 | fifth(fifths, j)) + minimum;
      numbers[target + j + HALF] = scale * (pair >> 4 & 15 | fifth(fifths, j + HALF)) + minimum;
    }
  }

  private static int fifth(int fifths, int number) {
    return (fifths >>> number & 1) << 4;
  }
}

package dev.cairn.ingest;

import java.nio.charset.Charset;

/** Counts what bytes would be as text of characters that take two or four bytes each. */
final class WideForm {

  /** One in so many plain characters may be none at all. */
  private static final int PLAIN_PER_BAD = 16;

  private static final int LONG_RUN = 16;

  private final Charset charset;
  private final int width;
  private final boolean littleEndian;
  private int unit;
  private int unitBytes;
  private int high;
  private long characters;
  private long plain;
  private long bad;
  private int run;
  private boolean hasRun;

  WideForm(Charset charset, int width, boolean littleEndian) {
    this.charset = charset;
    this.width = width;
    this.littleEndian = littleEndian;
  }

  Charset charset() {
    return charset;
  }

  /** Bytes of a character. */
  int width() {
    return width;
  }

  /** Blanks, line ends, ASCII and the punctuation of Chinese and Japanese. */
  long plain() {
    return plain;
  }

  /** Whether many plain characters follow each other. */
  boolean hasLongRun() {
    return hasRun;
  }

  /**
   * @param leastShare of plain characters, one in so many
   */
  boolean isText(int leastShare) {
    return plain > 0 && plain * leastShare >= characters && bad * PLAIN_PER_BAD <= plain;
  }

  void add(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      int shift = littleEndian ? unitBytes : width - 1 - unitBytes;
      unit |= (buffer[i] & 0xFF) << (Byte.SIZE * shift);
      if (++unitBytes == width) {
        take(unit);
        unit = 0;
        unitBytes = 0;
      }
    }
  }

  /** Bytes that hold no plain character; whole units. */
  void pass(int length) {
    characters += length / width;
  }

  private void take(int value) {
    int first = high;
    high = 0;
    if (width == Character.BYTES && Character.isHighSurrogate((char) value)) {
      high = value;
      bad += first == 0 ? 0 : 1;
    } else if (first != 0 && Character.isLowSurrogate((char) value)) {
      count(Character.toCodePoint((char) first, (char) value));
    } else {
      bad += first == 0 ? 0 : 1;
      count(value);
    }
  }

  private void count(int codePoint) {
    characters++;
    if (isPlain(codePoint)) {
      plain++;
      hasRun |= ++run == LONG_RUN;
      return;
    }
    run = 0;
    bad += isBad(codePoint) ? 1 : 0;
  }

  private static boolean isPlain(int c) {
    return c >= ' ' && c < 0x7F
        || c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x3000 && c <= 0x3002
        || c == 0xFF0C;
  }

  private static boolean isBad(int c) {
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> true;
      case Character.CONTROL -> c != '\f';
      default -> false;
    };
  }
}

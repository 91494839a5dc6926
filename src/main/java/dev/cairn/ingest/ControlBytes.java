package dev.cairn.ingest;

/** Counts the bytes that text in an encoding of one byte, or in UTF-8, has next to none of. */
final class ControlBytes {

  /** In compressed data 1 byte of 10 is a control character; text has next to none. */
  private static final int TEXT_BYTES_PER_CONTROL = 32;

  private static final String CONTROLS_OF_TEXT = "\b\t\n\u000b\f\r\u001b";

  private long controls;
  private long nulsInside;
  private long others;
  private boolean afterNul;

  static boolean anyIn(byte[] buffer, int length) {
    ControlBytes bytes = new ControlBytes();
    bytes.add(buffer, length);
    return bytes.controls > 0 || bytes.nulsInside > 0 || bytes.afterNul;
  }

  void add(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      count(buffer[i]);
    }
  }

  private void count(byte b) {
    if (b != 0) {
      nulsInside += afterNul ? 1 : 0;
      if (b > 0 && b < ' ' && CONTROLS_OF_TEXT.indexOf(b) < 0) {
        controls++;
      } else {
        others++;
      }
    }
    afterNul = b == 0;
  }

  boolean any() {
    return controls > 0;
  }

  boolean areMany() {
    return controls * TEXT_BYTES_PER_CONTROL > others;
  }

  /** Characters of several bytes have NULs between others; a file filled up with them has not. */
  boolean hasManyNulsInside() {
    return nulsInside * TEXT_BYTES_PER_CONTROL > others;
  }
}

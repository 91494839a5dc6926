package dev.cairn.ingest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The mark with which a file may say its encoding (Unicode Standard, section 23.8). */
enum ByteOrderMark {
  UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
  /** Before UTF-16LE, whose mark it begins with. */
  UTF_32LE(StandardCharsets.UTF_32LE, 0xFF, 0xFE, 0x00, 0x00),
  UTF_32BE(StandardCharsets.UTF_32BE, 0x00, 0x00, 0xFE, 0xFF),
  UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE),
  UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF);

  private final Charset charset;
  private final int[] bytes;

  ByteOrderMark(Charset charset, int... bytes) {
    this.charset = charset;
    this.bytes = bytes;
  }

  static Optional<ByteOrderMark> of(byte[] head) {
    for (ByteOrderMark mark : values()) {
      if (mark.begins(head)) {
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }

  Charset charset() {
    return charset;
  }

  int length() {
    return bytes.length;
  }

  /** Whether every character takes several bytes, some of which look like control characters. */
  boolean isWide() {
    return this != UTF_8;
  }

  private boolean begins(byte[] head) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}

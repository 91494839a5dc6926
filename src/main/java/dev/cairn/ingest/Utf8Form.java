package dev.cairn.ingest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Counts how many characters beyond ASCII have the form of UTF-8 and how many are broken. */
final class Utf8Form {

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer characters = CharBuffer.allocate(1 << 13);
  private ByteBuffer cut = ByteBuffer.allocate(0);
  private long valid;
  private long broken;

  long valid() {
    return valid;
  }

  long broken() {
    return broken;
  }

  void add(byte[] buffer, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(cut.remaining() + length);
    bytes.put(cut).put(buffer, 0, length).flip();
    decode(bytes, false);
    cut = bytes;
  }

  void end() {
    decode(cut, true);
  }

  private void decode(ByteBuffer bytes, boolean last) {
    CoderResult result;
    do {
      result = decoder.decode(bytes, characters.clear(), last);
      countValid();
      if (result.isError()) {
        broken++;
        bytes.position(bytes.position() + result.length());
      }
    } while (!result.isUnderflow());
  }

  private void countValid() {
    char[] decoded = characters.array();
    for (int i = 0; i < characters.position(); i++) {
      if (decoded[i] > 0x7F && !Character.isLowSurrogate(decoded[i])) {
        valid++;
      }
    }
  }
}

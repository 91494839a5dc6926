package dev.cairn.ingest;

import dev.cairn.text.InvisibleCharacters;
import java.io.IOException;
import java.io.Writer;

/** Passes on what a reader sees of a well-formed text. Used by one thread. */
final class DropInvisible extends CharacterFilter {

  private final InvisibleCharacters invisible = new InvisibleCharacters();
  private char[] kept = {};
  private char high;

  DropInvisible(Writer target) {
    super(target);
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws IOException {
    if (kept.length <= length) {
      kept = new char[length + 1];
    }
    int count = 0;
    for (int i = offset; i < offset + length; i++) {
      count += keep(buffer[i], count);
    }
    out.write(kept, 0, count);
  }

  /** Returns how many characters were added to those that are kept. */
  private int keep(char c, int at) {
    if (Character.isHighSurrogate(c)) {
      high = c;
      return 0;
    }
    int codePoint = Character.isLowSurrogate(c) ? Character.toCodePoint(high, c) : c;
    return invisible.drops(codePoint) ? 0 : Character.toChars(codePoint, kept, at);
  }
}

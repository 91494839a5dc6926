package dev.cairn.ingest;

import java.io.IOException;
import java.io.Writer;

/**
 * Passes on Markdown without its comments, of any length in one buffer. What begins like a comment
 * and never ends is none. Flushing ends the text. Used by one thread.
 */
final class DropComments extends CharacterFilter {

  private static final String START = "<!--";

  private final long lastEnd;
  private final MarkdownCode code = new MarkdownCode();
  private StringBuilder kept = new StringBuilder();
  private long written;
  private int opening;
  private boolean escaped;
  private boolean inComment;
  private char beforePrevious;
  private char previous;

  /**
   * @param lastEnd characters up to the end of the last {@code -->}
   */
  DropComments(Writer target, long lastEnd) {
    super(target);
    this.lastEnd = lastEnd;
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      written++;
      if (inComment) {
        skip(buffer[i]);
      } else {
        take(buffer[i]);
      }
    }
    out.append(kept);
    kept.setLength(0);
  }

  private void skip(char c) {
    inComment = c != '>' || previous != '-' || beforePrevious != '-';
    beforePrevious = previous;
    previous = c;
  }

  private void take(char c) {
    if (c == START.charAt(opening) && mayOpen()) {
      opening++;
      if (opening == START.length()) {
        open();
      }
    } else {
      keepOpening();
      if (c == START.charAt(0) && mayOpen()) {
        opening = 1;
      } else {
        keep(c);
      }
    }
  }

  private boolean mayOpen() {
    return opening > 0 || written < lastEnd && !escaped && !code.isCodeAt(START.charAt(0));
  }

  /** The two dashes may be those of the end: so is {@code <!-->} in HTML. */
  private void open() {
    if (written >= lastEnd) {
      keepOpening();
      return;
    }
    opening = 0;
    inComment = true;
    beforePrevious = '-';
    previous = '-';
  }

  private void keepOpening() {
    int held = opening;
    opening = 0;
    START.chars().limit(held).forEach(c -> keep((char) c));
  }

  private void keep(char c) {
    escaped = c == '\\' && !escaped;
    code.take(c);
    kept.append(c);
  }

  @Override
  public void flush() throws IOException {
    keepOpening();
    out.append(kept);
    kept.setLength(0);
    super.flush();
  }
}

package dev.cairn.ingest;

import java.io.Writer;

/** Finds the last place of a text at which a comment can end. Used by one thread. */
final class LastCommentEnd extends Writer {

  private long written;
  private long position;
  private char beforePrevious;
  private char previous;

  /** Characters up to the end of the last {@code -->}; 0 when there is none. */
  long position() {
    return position;
  }

  @Override
  public void write(char[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      written++;
      if (buffer[i] == '>' && previous == '-' && beforePrevious == '-') {
        position = written;
      }
      beforePrevious = previous;
      previous = buffer[i];
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

package dev.cairn.ingest;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Passes on some of the characters that are written to it, which come in arrays alone. */
abstract class CharacterFilter extends FilterWriter {

  CharacterFilter(Writer target) {
    super(target);
  }

  @Override
  public abstract void write(char[] buffer, int offset, int length) throws IOException;

  @Override
  public void write(int c) throws IOException {
    write(new char[] {(char) c}, 0, 1);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    write(text.substring(offset, offset + length).toCharArray(), 0, length);
  }
}

package dev.cairn.model;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;

/**
 * Turns text into token ids. Special-token strings are plain text to it. Long text is cut into
 * pieces only where the tokens do not change, so that streamed and one-piece ids are equal. Safe
 * for many threads.
 */
public interface TextTokenizer extends AutoCloseable {

  Tokens tokenize(String text);

  /**
   * Tokenizes text of any length in bounded memory; offsets count from the reader's first
   * character.
   */
  void tokenize(Reader text, Consumer<Tokens> pieces) throws IOException;

  /** The text of the ids, control tokens left out. A broken character at an end becomes U+FFFD. */
  String decode(int[] ids);

  /** The prompt of a question, control ids included: PROMPT FORM of the checkpoint. */
  int[] prompt(String question);

  int endTokenId();

  @Override
  void close();
}

package dev.cairn.tokenizer;

import java.util.Arrays;

/**
 * Turns the tokens of an answer into text while they are written. What it returns is final: the
 * character that the last tokens have only begun is held back, and lost when the answer ends there.
 * Used by one thread, for one answer.
 */
public final class Detokenizer {

  private static final char REPLACEMENT = '\uFFFD';

  private final TextTokenizer tokenizer;

  /** The tokens since the last that ended with a whole character. */
  private int[] pending = {};

  /** How much of their text was returned, in Java chars. */
  private int returned;

  /** Whether text was completed before the pending tokens. */
  private boolean begun;

  public Detokenizer(TextTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The text that this token completes; often empty within a character of several tokens. */
  public String push(int id) {
    pending = Arrays.copyOf(pending, pending.length + 1);
    pending[pending.length - 1] = id;
    String text = tokenizer.decode(pending, !begun);
    // A begun character decodes to replacements at the very end; those before them are final.
    int end = Math.max(returned, text.length() - begunAtEnd(text));
    String whole = text.substring(returned, end);
    returned = end;
    if (end == text.length()) {
      begun |= tokenizer.hasText(id);
      pending = new int[0];
      returned = 0;
    }
    return whole;
  }

  private int begunAtEnd(String text) {
    int begins = 0;
    while (begins < Math.min(tokenizer.begunCharacters(), text.length())
        && text.charAt(text.length() - 1 - begins) == REPLACEMENT) {
      begins++;
    }
    return begins;
  }
}

package dev.cairn.tokenizer;

import java.util.Arrays;

/**
 * Turns the tokens of an answer into text while they are written. What it returns is final: the
 * character that the last tokens have only begun is held back, and lost when the answer ends there.
 * Used by one thread, for one answer.
 */
public final class Detokenizer {

  private static final String REPLACEMENT = "\uFFFD";

  private final TextTokenizer tokenizer;

  /** The tokens since the last that ended with a whole character. */
  private int[] pending = {};

  /** How much of their text was returned, in Java chars. */
  private int returned;

  public Detokenizer(TextTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The text that this token completes; often empty within a character of several tokens. */
  public String push(int id) {
    pending = Arrays.copyOf(pending, pending.length + 1);
    pending[pending.length - 1] = id;
    String text = tokenizer.decode(pending);
    if (text.endsWith(REPLACEMENT)) {
      // A begun character decodes to one replacement at the very end; those before it are final.
      String whole = text.substring(returned, text.length() - 1);
      returned = text.length() - 1;
      return whole;
    }
    String whole = text.substring(returned);
    pending = new int[0];
    returned = 0;
    return whole;
  }
}

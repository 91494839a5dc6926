package dev.cairn.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks of the places of tokens in their text. */
final class Offsets {

  private Offsets() {}

  /** Every character belongs to a token, and the tokens are in order. */
  static void assertCover(String text, Tokens tokens) {
    long end = 0;
    for (int i = 0; i < tokens.count(); i++) {
      long start = tokens.charStart()[i];
      assertThat(start).as("%.40s", text).isLessThanOrEqualTo(end);
      assertThat(i == 0 || tokens.charStart()[i - 1] <= start).isTrue();
      end = Math.max(end, start + tokens.charLength()[i]);
    }
    assertThat(end).as("%.40s", text).isEqualTo(text.codePointCount(0, text.length()));
  }
}

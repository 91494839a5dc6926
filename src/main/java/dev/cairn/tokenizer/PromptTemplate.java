package dev.cairn.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** Puts a question into the pieces of a template. */
final class PromptTemplate {

  /** What a template has in place of the question. */
  static final String PLACEHOLDER = "{question}";

  private PromptTemplate() {}

  /**
   * The pieces with the question in place of the placeholder. What the question holds is not looked
   * at: a placeholder in it is text.
   */
  static List<AddedTokens.Piece> fill(List<AddedTokens.Piece> template, String question) {
    List<AddedTokens.Piece> filled = new ArrayList<>();
    int places = 0;
    for (AddedTokens.Piece piece : template) {
      if (piece instanceof AddedTokens.Text(String text) && text.contains(PLACEHOLDER)) {
        int at = text.indexOf(PLACEHOLDER);
        String rest = text.substring(at + PLACEHOLDER.length());
        filled.add(new AddedTokens.Text(text.substring(0, at) + question + rest));
        places += rest.contains(PLACEHOLDER) ? 2 : 1;
      } else {
        filled.add(piece);
      }
    }
    if (places != 1) {
      throw new IllegalArgumentException("a template must have one " + PLACEHOLDER);
    }
    return filled;
  }
}

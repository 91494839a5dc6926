package dev.cairn.web;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.text.InvisibleCharacters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of a question, as it is answered and stored. */
final class QuestionText {

  /** Hangul fillers and the empty Braille pattern: letters and symbols that show nothing. */
  private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

  private QuestionText() {}

  /**
   * The question without control characters (tabs and line breaks stay), without halves of
   * surrogate pairs, without invisible characters, as documents are, and without white space around
   * it.
   *
   * @param limit code points that may be left, at most
   * @throws Problem invalid_request when nothing visible is left, question_too_long over the limit
   */
  static String clean(@Nullable String question, int limit) {
    String text = clean(question);
    if (text.codePoints().noneMatch(QuestionText::isVisible)) {
      throw Problem.ofField("question", "question is empty. Ask something.");
    }
    int length = text.codePointCount(0, text.length());
    if (length > limit) {
      throw new Problem(
          ProblemCode.QUESTION_TOO_LONG,
          String.format(
              Locale.ROOT,
              "The prompt is too long: %,d characters, at most %,d are allowed. Ask in fewer words.",
              length,
              limit),
          "question");
    }
    return text;
  }

  /** The same without limits; empty when nothing is left. */
  static String clean(@Nullable String text) {
    InvisibleCharacters invisible = new InvisibleCharacters();
    StringBuilder cleaned = new StringBuilder();
    if (text != null) {
      text.codePoints()
          .filter(c -> isText(c) && !invisible.drops(c))
          .forEachOrdered(cleaned::appendCodePoint);
    }
    return cleaned.toString().strip();
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          false;
      default -> BLANK_LETTERS.indexOf(codePoint) < 0;
    };
  }

  private static boolean isText(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
      case Character.SURROGATE -> false;
      default -> true;
    };
  }
}

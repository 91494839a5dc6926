package dev.cairn.answer;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The text of a question, as it is answered and stored. */
final class QuestionText {

  private QuestionText() {}

  /**
   * The question without control characters (tabs and line breaks stay), without halves of
   * surrogate pairs and without white space around it.
   *
   * @param limit code points that may be left, at most
   * @throws Problem invalid_request when nothing is left, question_too_long over the limit
   */
  static String clean(@Nullable String question, int limit) {
    String text =
        question == null
            ? ""
            : question
                .codePoints()
                .filter(QuestionText::isText)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    if (text.isEmpty()) {
      throw new Problem(ProblemCode.INVALID_REQUEST, "question is empty. Ask something.");
    }
    int length = text.codePointCount(0, text.length());
    if (length > limit) {
      throw new Problem(
          ProblemCode.QUESTION_TOO_LONG,
          "The question has %,d characters, at most %,d are allowed. Ask a shorter question."
              .formatted(length, limit));
    }
    return text;
  }

  private static boolean isText(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
      case Character.SURROGATE -> false;
      default -> true;
    };
  }
}

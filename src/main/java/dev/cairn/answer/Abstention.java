package dev.cairn.answer;

import dev.cairn.citation.WrittenText;
import java.util.Locale;

/** The answer to a question that the documents do not answer. */
final class Abstention {

  static final String TEXT = "The documents do not say.";

  private static final String NORMALISED = normalise(TEXT);

  /** So much of it tells it from any other text. */
  private static final String BEGINNING = normalise("The documents do");

  private Abstention() {}

  /** Whether an answer says no more than that; case, punctuation and spacing aside. */
  static boolean isOne(WrittenText answer) {
    String said = normalise(answer.text());
    return said.isEmpty()
        || said.equals(NORMALISED)
        || answer.cut() && said.startsWith(BEGINNING) && NORMALISED.startsWith(said);
  }

  private static String normalise(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\p{P}\\s\\p{Z}]+", " ").strip();
  }
}

package dev.cairn.answer;

import java.util.Locale;

/** The answer to a question that the documents do not answer. */
final class Abstention {

  static final String TEXT = "The documents do not say.";

  private static final String NORMALISED = normalise(TEXT);

  private Abstention() {}

  /** Whether a text says no more than that; case, punctuation and spacing aside. */
  static boolean isOne(String text) {
    String normalised = normalise(text);
    return normalised.isEmpty() || normalised.equals(NORMALISED);
  }

  private static String normalise(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\p{P}\\s\\p{Z}]+", " ").strip();
  }
}

package dev.cairn.citation;

import java.util.regex.Pattern;

/** Full stops that end no sentence: those of initials and titles. */
final class Abbreviations {

  private static final Pattern LAST =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:[\\p{Lu}&&[\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}]]|Mr|Mrs|Ms|Dr|St|Prof|No)\\.\\s*\\z");

  /** The longest, with some white space behind it. */
  private static final int REACH = 12;

  private Abbreviations() {}

  /** Whether the text up to a place ends with one. */
  static boolean endsAt(String text, int end) {
    return LAST.matcher(text.substring(Math.max(0, end - REACH), end)).find();
  }
}

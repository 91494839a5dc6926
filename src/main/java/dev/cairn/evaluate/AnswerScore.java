package dev.cairn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Compares an answer with the right ones as SQuAD does (Rajpurkar et al. 2016): in lower case,
 * without punctuation and articles, white space collapsed; the best of all right answers counts.
 */
public final class AnswerScore {

  private AnswerScore() {}

  static String normalise(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("\\p{P}", "")
        .replaceAll("\\b(a|an|the)\\b", " ")
        .replaceAll("[\\s\\p{Z}]+", " ")
        .strip();
  }

  /** Whether it is one of them. */
  public static boolean exact(String answer, List<String> right) {
    return right.stream().anyMatch(each -> normalise(each).equals(normalise(answer)));
  }

  /** Whether a text holds one of them, as RULER counts. */
  public static boolean holds(String text, List<String> right) {
    return right.stream().anyMatch(each -> normalise(text).contains(normalise(each)));
  }

  /** Harmonic mean of the shares of words in common, 0 to 1. */
  public static double f1(String answer, List<String> right) {
    return right.stream()
        .mapToDouble(each -> f1(normalise(answer), normalise(each)))
        .max()
        .orElse(0);
  }

  private static double f1(String answer, String right) {
    List<String> given = words(answer);
    List<String> wanted = words(right);
    List<String> rest = new ArrayList<>(wanted);
    long common = given.stream().filter(rest::remove).count();
    return common == 0 ? 0 : 2.0 * common / (given.size() + wanted.size());
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }
}

package dev.cairn.citation;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a text that carry its content: lower-cased, no punctuation, no stop words.
 *
 * <p>Lucene's English analyzers would not do: they drop "no" and "not", keep "after" and "which",
 * and read 7,500 as one word.
 */
public final class ContentWords {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  private static final Set<String> STOP_WORDS =
      Set.of(
          """
          a about after all also am an and any are as at be because been before being both but by can
          could did do does doing for from had has have he her here hers him his how i if in into is it
          its itself just may me might more most must my nor of off on or our out over own s shall she
          should so some such t than that the their them then there these they this those through to too
          under until up us very was we were what when where which while who whom whose why will with
          would you your\
          """
              .split("\\s+"));

  private static final Set<String> ANSWERS = Set.of("yes", "no", "not");

  private ContentWords() {}

  /** Whether a word says nothing of what a text is about. */
  static boolean isFunctionWord(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return STOP_WORDS.contains(lower) || ANSWERS.contains(lower);
  }

  static Set<String> of(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .filter(word -> !STOP_WORDS.contains(word))
        .collect(Collectors.toSet());
  }

  /**
   * How far a quote supports an answer: the share of its content words that stand there; 0 when a
   * number of it does not, or when it has no such words. A date with one wrong figure is wrong.
   */
  public static double support(WrittenText answer, String quote) {
    Set<String> words = of(answer.completedFrom(quote));
    Set<String> there = of(quote);
    return words.stream().anyMatch(word -> isMadeUp(word, there)) ? 0 : share(words, there);
  }

  /** The share of an answer's content words that stand in a text; 0 when it has none. */
  static double share(WrittenText answer, String text) {
    return share(of(answer.completedFrom(text)), of(text));
  }

  private static double share(Set<String> words, Set<String> there) {
    return words.isEmpty()
        ? 0
        : (double) words.stream().filter(there::contains).count() / words.size();
  }

  private static boolean isMadeUp(String word, Set<String> there) {
    return word.chars().anyMatch(Character::isDigit) && !there.contains(word);
  }
}

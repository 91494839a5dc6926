package dev.cairn.citation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a text states that is right or wrong to the letter: figures (numbers, dates, codes), signs
 * of currency, and names. A name is a word with a capital letter; where a sentence begins, any word
 * has one, so it counts only before another such word, or as all that the text says. Such words
 * that follow each other, as in {@code 12 August 1732}, are one term.
 */
final class StatedTerms {

  private static final String SPACE = "[\\s\\p{Z}]";
  private static final Pattern WORD = Pattern.compile("[^\\s\\p{Z}]+");

  /** What is not part of a word, before it and behind it. */
  private static final Pattern EDGES =
      Pattern.compile("^[^\\p{L}\\p{N}\\p{Sc}]+" + "|[^\\p{L}\\p{N}\\p{Sc}%°′″]+$");

  private static final Pattern POSSESSIVE = Pattern.compile("(?<=\\p{L})['’]s$");

  /** The number of an entry of a list. */
  private static final Pattern ENTRY = Pattern.compile("\\p{N}{1,3}[.)]");

  private static final Pattern FIGURE = Pattern.compile("[\\p{N}\\p{Sc}]");
  private static final Pattern CAPITAL = Pattern.compile("\\p{Lu}");
  private static final Pattern SENTENCE_ENDS = Pattern.compile("[.!?:]['\"”’)\\]]*$");

  private static final Pattern SIGN_SPACES =
      Pattern.compile(SPACE + "*([\\p{Sc}%°])" + SPACE + "*");
  private static final Pattern TERM_ENDS = Pattern.compile("[^\\p{L}\\p{N}\\p{Sc}%°′″]$");

  private StatedTerms() {}

  /** The terms in the order of the text. */
  static List<String> of(String text) {
    List<Word> words = words(text);
    List<String> terms = new ArrayList<>();
    boolean goesOn = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (!word.states() && !isName(i, words)) {
        goesOn = false;
        continue;
      }
      terms.add(goesOn ? terms.removeLast() + " " + word.bare() : word.bare());
      goesOn = !word.endsTerm();
    }
    terms.replaceAll(StatedTerms::withoutPossessive);
    return terms;
  }

  private static boolean isName(int place, List<Word> words) {
    Word word = words.get(place);
    return word.mayBeName()
        && (words.size() == 1
            || !word.endsTerm() && place + 1 < words.size() && words.get(place + 1).states());
  }

  /** Words with a capital letter in a question; the first alone is none. */
  static List<String> names(String question) {
    List<Word> words = words(question).stream().filter(Word::hasCapital).toList();
    return words.stream().allMatch(Word::begins)
        ? List.of()
        : words.stream()
            .map(word -> withoutPossessive(word.bare()))
            .filter(Predicate.not(ContentWords::isFunctionWord))
            .toList();
  }

  private static String withoutPossessive(String term) {
    return POSSESSIVE.matcher(term).replaceAll("");
  }

  /** Chars of a text that goes on up to where no word and no term is unfinished. */
  static int settled(String text) {
    int settled = 0;
    for (Word word : words(text)) {
      boolean isWhole = word.end() < text.length();
      boolean mayGoOn = (word.states() || word.mayBeName()) && !word.endsTerm();
      settled = isWhole && !mayGoOn ? word.end() : settled;
    }
    return settled;
  }

  /** Whether a term stands in a text, in that form; spaces and the looks of hyphens may differ. */
  static boolean standsIn(String text, String term) {
    return find(text, term, "(?![\\p{L}\\p{N}]|[.,]\\p{N})");
  }

  /** Whether a term of the text begins with this one. */
  static boolean beginsIn(String text, String term) {
    return find(text, term, "");
  }

  private static boolean find(String text, String term, String behind) {
    String pattern =
        SIGN_SPACES
            .matcher(term)
            .replaceAll(sign -> Matcher.quoteReplacement(sign.group(1)))
            .codePoints()
            .mapToObj(StatedTerms::pattern)
            .collect(Collectors.joining());
    int flags = FIGURE.matcher(term).find() ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    return Pattern.compile("(?<![\\p{L}\\p{N}]|\\p{N}[.,])" + pattern + behind, flags)
        .matcher(text)
        .find();
  }

  private static String pattern(int codePoint) {
    String character = Character.toString(codePoint);
    if (character.matches(SPACE)) {
      return SPACE + "+";
    } else if (character.matches("[\\p{Pd}−]")) {
      return SPACE + "*[\\p{Pd}−]" + SPACE + "*";
    } else if (character.matches("['’]")) {
      return "['’]";
    } else if (character.matches("[\\p{Sc}%°]")) {
      return SPACE + "*\\Q%s\\E".formatted(character) + SPACE + "*";
    }
    return Pattern.quote(character);
  }

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    boolean begins = true;
    for (MatchResult found : WORD.matcher(text).results().toList()) {
      int before = words.isEmpty() ? 0 : words.getLast().end();
      begins |= text.substring(before, found.start()).contains("\n");
      Word word = new Word(found.group(), found.end(), begins);
      words.add(word);
      begins =
          SENTENCE_ENDS.matcher(word.written()).find() && !Abbreviations.endsAt(text, word.end());
    }
    return words;
  }

  /**
   * @param begins whether a sentence or a line begins with it
   */
  private record Word(String written, int end, boolean begins) {

    String bare() {
      return EDGES.matcher(written).replaceAll("");
    }

    boolean states() {
      boolean isEntry = begins && ENTRY.matcher(written).matches();
      return !isEntry && FIGURE.matcher(written).find() || !begins && hasCapital();
    }

    boolean hasCapital() {
      return CAPITAL.matcher(written).find();
    }

    /** Of the first word of a sentence. */
    boolean mayBeName() {
      return begins && hasCapital() && !ContentWords.isFunctionWord(bare());
    }

    boolean endsTerm() {
      return TERM_ENDS.matcher(written).find();
    }
  }
}

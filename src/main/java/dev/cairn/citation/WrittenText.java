package dev.cairn.citation;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an answer.
 *
 * @param cut whether it may end within a word, since a limit ended it and not the model
 */
public record WrittenText(String text, boolean cut) {

  private static final Pattern LAST_WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+\\z");

  /** The text as far as no more words can change what it states. */
  public WrittenText settled() {
    return new WrittenText(text.substring(0, StatedTerms.settled(text)), false);
  }

  /** Its figures and names. */
  public List<String> stated() {
    return StatedTerms.of(text);
  }

  /** Whether all its figures and names stand in quotes, in that form. */
  boolean isBorneBy(Collection<String> quotes) {
    return stated().stream()
        .allMatch(term -> quotes.stream().anyMatch(quote -> standsIn(quote, term)));
  }

  /** Whether a figure or name of it stands in a quote that also has a name of the question. */
  boolean isAbout(String question, Collection<String> quotes) {
    List<String> terms = stated();
    List<String> names = StatedTerms.names(question);
    return terms.isEmpty()
        || names.isEmpty()
        || quotes.stream()
            .filter(quote -> names.stream().anyMatch(name -> StatedTerms.standsIn(quote, name)))
            .anyMatch(quote -> terms.stream().anyMatch(term -> standsIn(quote, term)));
  }

  private boolean standsIn(String quote, String term) {
    int end = text.lastIndexOf(term) + term.length();
    boolean mayGoOn = cut && text.substring(end).chars().noneMatch(Character::isWhitespace);
    return mayGoOn ? StatedTerms.beginsIn(quote, term) : StatedTerms.standsIn(quote, term);
  }

  /** The text; a last word that was cut and stands whole in a quote is whole. */
  String completedFrom(String quote) {
    Matcher last = LAST_WORD.matcher(text);
    if (!cut || !last.find()) {
      return text;
    }
    Matcher whole =
        Pattern.compile(
                "(?<![\\p{L}\\p{N}])\\Q%s\\E([\\p{L}\\p{M}\\p{N}]*)".formatted(last.group()))
            .matcher(quote);
    return whole.find() ? text + whole.group(1) : text;
  }
}

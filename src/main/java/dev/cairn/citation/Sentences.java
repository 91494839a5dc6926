package dev.cairn.citation;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Widens a range to whole sentences, and cuts one into them. A sentence ends at the latest with its
 * paragraph or its row of a table, and where the text around the range ends.
 */
final class Sentences {

  private static final Pattern BLANK_LINE = Pattern.compile("(?>\\R)\\h*\\R");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /** Ends of paragraphs, and of lines with tabs. */
  private static final Pattern END =
      Pattern.compile(BLANK_LINE.pattern() + "|(?<=\\t)[^\\t\\r\\n]*\\R");

  private Sentences() {}

  /**
   * @param range to be widened
   * @param windowStart code point at which the window begins
   * @param window the text around the range, which holds all of it
   * @return the sentences without the white space around them; empty when the range is blank
   */
  static Optional<TextRange> widen(TextRange range, long windowStart, String window) {
    int from = window.offsetByCodePoints(0, (int) (range.start() - windowStart));
    int to = window.offsetByCodePoints(from, (int) range.length());
    int first = skipBlank(window, from, to);
    int last = skipBlankBackwards(window, to, first);
    if (first == last) {
      return Optional.empty();
    }
    int start = skipBlank(window, sentenceStart(window, first), first);
    int end = skipBlankBackwards(window, sentenceEnd(window, last), last);
    return Optional.of(
        new TextRange(
            windowStart + window.codePointCount(0, start),
            windowStart + window.codePointCount(0, end)));
  }

  /**
   * Its sentences in the order of the text, without the white space around them; a longer one in
   * pieces that end between words.
   *
   * @param text what stands in the range
   * @param longest code points of a piece
   */
  static List<TextRange> of(TextRange range, String text, int longest) {
    List<TextRange> sentences = new ArrayList<>();
    int from = 0;
    for (int end : ends(text, longest)) {
      int first = skipBlank(text, from, end);
      int last = skipBlankBackwards(text, end, first);
      if (first < last) {
        long start = range.start() + text.codePointCount(0, first);
        sentences.add(new TextRange(start, start + text.codePointCount(first, last)));
      }
      from = end;
    }
    return sentences;
  }

  /** Where sentences, paragraphs, rows and pieces end, ascending. */
  private static SortedSet<Integer> ends(String text, int longest) {
    SortedSet<Integer> ends = new TreeSet<>(List.of(text.length()));
    BreakIterator sentences = sentences(text);
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      if (!Abbreviations.endsAt(text, end)) {
        ends.add(end);
      }
    }
    END.matcher(text).results().map(MatchResult::end).forEach(ends::add);
    int from = 0;
    for (int end : List.copyOf(ends)) {
      while (text.codePointCount(from, end) > longest) {
        from = pieceEnd(text, from, longest);
        ends.add(from);
      }
      from = end;
    }
    return ends;
  }

  private static int pieceEnd(String text, int from, int longest) {
    int most = text.offsetByCodePoints(from, longest);
    return WHITE_SPACE
            .matcher(text.substring(from, most))
            .results()
            .mapToInt(MatchResult::end)
            .filter(end -> end > 1)
            .max()
            .orElse(most - from)
        + from;
  }

  private static int sentenceStart(String text, int position) {
    BreakIterator sentences = sentences(text);
    int start = sentences.isBoundary(position) ? position : sentences.preceding(position);
    while (start > 0 && Abbreviations.endsAt(text, start)) {
      start = sentences.preceding(start);
    }
    Matcher blank = BLANK_LINE.matcher(text).region(start, position);
    while (blank.find()) {
      start = blank.end();
    }
    return start;
  }

  private static int sentenceEnd(String text, int position) {
    BreakIterator sentences = sentences(text);
    int end = sentences.isBoundary(position) ? position : sentences.following(position);
    while (end < text.length() && Abbreviations.endsAt(text, end)) {
      end = sentences.following(end);
    }
    Matcher blank = BLANK_LINE.matcher(text).region(position, end);
    return blank.find() ? blank.start() : end;
  }

  private static BreakIterator sentences(String text) {
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text);
    return sentences;
  }

  private static int skipBlank(String text, int from, int to) {
    int position = from;
    while (position < to && isBlank(text.codePointAt(position))) {
      position += Character.charCount(text.codePointAt(position));
    }
    return position;
  }

  private static int skipBlankBackwards(String text, int from, int to) {
    int position = from;
    while (position > to && isBlank(text.codePointBefore(position))) {
      position -= Character.charCount(text.codePointBefore(position));
    }
    return position;
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}

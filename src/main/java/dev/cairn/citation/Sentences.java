package dev.cairn.citation;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Widens a range to whole sentences. A sentence ends at the latest with its paragraph, and where
 * the text around the range ends.
 */
final class Sentences {

  private static final Pattern BLANK_LINE = Pattern.compile("(?>\\R)\\h*\\R");

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

  private static int sentenceStart(String text, int position) {
    BreakIterator sentences = sentences(text);
    int start = sentences.isBoundary(position) ? position : sentences.preceding(position);
    Matcher blank = BLANK_LINE.matcher(text).region(start, position);
    while (blank.find()) {
      start = blank.end();
    }
    return start;
  }

  private static int sentenceEnd(String text, int position) {
    BreakIterator sentences = sentences(text);
    int end = sentences.isBoundary(position) ? position : sentences.following(position);
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

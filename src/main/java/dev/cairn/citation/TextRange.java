package dev.cairn.citation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A half-open range of a document's text.
 *
 * @param start first code point
 * @param end the code point after the last
 */
record TextRange(long start, long end) {

  long length() {
    return end - start;
  }

  boolean contains(long codePoint) {
    return start <= codePoint && codePoint < end;
  }

  /**
   * What stands in it.
   *
   * @param text holds all of it
   * @param textStart code point at which the text begins
   */
  String of(String text, long textStart) {
    int from = text.offsetByCodePoints(0, (int) (start - textStart));
    return text.substring(from, text.offsetByCodePoints(from, (int) length()));
  }

  /**
   * The ranges in the order of the text, apart from each other: those that overlap become one, or,
   * where that would be too long, the later one begins where the earlier ends.
   *
   * @param longest of a range that is made of two
   */
  static List<TextRange> apart(List<TextRange> ranges, long longest) {
    List<TextRange> apart = new ArrayList<>();
    for (TextRange range :
        ranges.stream().sorted(Comparator.comparingLong(TextRange::start)).toList()) {
      if (apart.isEmpty() || apart.getLast().end <= range.start) {
        apart.add(range);
      } else {
        add(range, longest, apart);
      }
    }
    return apart;
  }

  private static void add(TextRange overlapping, long longest, List<TextRange> apart) {
    TextRange last = apart.getLast();
    if (overlapping.end <= last.end) {
      return;
    }
    if (overlapping.end - last.start <= longest) {
      apart.set(apart.size() - 1, new TextRange(last.start, overlapping.end));
    } else {
      apart.add(new TextRange(last.end, overlapping.end));
    }
  }
}

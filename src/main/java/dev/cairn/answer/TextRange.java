package dev.cairn.answer;

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

  /** The ranges in the order of the text, those that overlap or touch made one. */
  static List<TextRange> merge(List<TextRange> ranges) {
    List<TextRange> merged = new ArrayList<>();
    for (TextRange next :
        ranges.stream().sorted(Comparator.comparingLong(TextRange::start)).toList()) {
      if (!merged.isEmpty() && next.start <= merged.getLast().end) {
        TextRange last = merged.removeLast();
        merged.add(new TextRange(last.start, Math.max(last.end, next.end)));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }
}

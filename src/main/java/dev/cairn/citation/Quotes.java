package dev.cairn.citation;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is quoted of a passage that an answer read: all of a short one; of a longer one the sentence
 * or row that holds most of the answer's words (of equals, what drew most attention), with its
 * neighbours as far as there is room.
 */
final class Quotes {

  /** Code points of a quote, at most. */
  static final int LONGEST = 300;

  private Quotes() {}

  /**
   * @param passage a range of the document
   * @param text what stands there
   * @param answer the whole answer
   * @param mass of a range
   */
  static TextRange of(
      TextRange passage, String text, WrittenText answer, ToDoubleFunction<TextRange> mass) {
    if (passage.length() <= LONGEST) {
      return passage;
    }
    List<TextRange> parts = Sentences.of(passage, text, LONGEST);
    int best =
        parts.indexOf(
            parts.stream()
                .max(
                    Comparator.<TextRange>comparingDouble(
                            part -> ContentWords.share(answer, part.of(text, passage.start())))
                        .thenComparingDouble(mass))
                .orElse(passage));
    return best < 0 ? passage : widened(parts, best, mass);
  }

  /** The heavier neighbour first, as long as one fits. */
  private static TextRange widened(
      List<TextRange> parts, int best, ToDoubleFunction<TextRange> mass) {
    TextRange quote = parts.get(best);
    int before = best - 1;
    int after = best + 1;
    while (true) {
      boolean hasBefore = before >= 0 && quote.end() - parts.get(before).start() <= LONGEST;
      boolean hasAfter = after < parts.size() && parts.get(after).end() - quote.start() <= LONGEST;
      if (!hasBefore && !hasAfter) {
        return quote;
      }
      if (!hasAfter
          || hasBefore
              && mass.applyAsDouble(parts.get(before)) > mass.applyAsDouble(parts.get(after))) {
        quote = new TextRange(parts.get(before--).start(), quote.end());
      } else {
        quote = new TextRange(quote.start(), parts.get(after++).end());
      }
    }
  }
}

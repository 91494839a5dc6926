package dev.cairn.citation;

import java.util.List;
import java.util.UUID;

/**
 * A passage that the answer read.
 *
 * @param title of the document in the corpus that was asked
 * @param start first code point in the document's text
 * @param end the code point after the last
 * @param quote exactly the text from start to end
 * @param weight its share of the answer's attention, 0 to 1
 * @param marks the words of the quote that drew more attention than others, in its order
 * @param weak whether the quote lacks a word of the answer
 * @param sourceDeleted whether the document was deleted since
 */
public record Citation(
    UUID documentId,
    String title,
    long start,
    long end,
    String quote,
    double weight,
    List<Mark> marks,
    boolean weak,
    boolean sourceDeleted) {

  boolean quotesTheSame(Citation other) {
    return documentId.equals(other.documentId) && start == other.start && end == other.end;
  }

  Citation asWeak() {
    return new Citation(documentId, title, start, end, quote, weight, marks, true, sourceDeleted);
  }

  public Citation withSourceDeleted(boolean deleted) {
    return new Citation(documentId, title, start, end, quote, weight, marks, weak, deleted);
  }
}

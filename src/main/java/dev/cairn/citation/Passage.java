package dev.cairn.citation;

import java.util.List;
import java.util.UUID;

/**
 * Whole sentences of a document that an answer read.
 *
 * @param range what is quoted of them
 * @param text exactly what stands in the range
 * @param marks of what is quoted
 * @param mass the attention mass of all their tokens
 */
record Passage(
    UUID documentId, String title, TextRange range, String text, List<Mark> marks, double mass) {

  /**
   * @param answer the whole answer
   * @param total the mass of the whole answer
   */
  Citation cite(WrittenText answer, double total) {
    return new Citation(
        documentId,
        title,
        range.start(),
        range.end(),
        text,
        mass / total,
        marks,
        ContentWords.support(answer, text) < 1,
        false);
  }
}

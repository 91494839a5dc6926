package dev.cairn.citation;

import java.util.UUID;

/**
 * Whole sentences of a document that an answer read.
 *
 * @param range what is quoted of them
 * @param text exactly what stands in the range
 * @param mass the attention mass of all their tokens
 */
record Passage(UUID documentId, String title, TextRange range, String text, double mass) {

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
        ContentWords.support(answer, text) < 1,
        false);
  }
}

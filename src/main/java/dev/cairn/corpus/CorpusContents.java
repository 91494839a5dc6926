package dev.cairn.corpus;

import java.util.UUID;

/**
 * How much a corpus holds.
 *
 * @param tokens of the texts that are extracted
 * @param bytes that were uploaded
 */
public record CorpusContents(UUID corpusId, long documents, long tokens, long bytes) {

  static CorpusContents none(UUID corpusId) {
    return new CorpusContents(corpusId, 0, 0, 0);
  }
}

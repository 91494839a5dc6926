package dev.cairn.answer;

import dev.cairn.memory.LeftOut;
import java.util.List;

/**
 * What an answer can read.
 *
 * @param chunksVisible chunks of the corpus that it may read
 * @param leftOut documents of the corpus that could not be read
 */
record RetrievalSummary(Retrieval retrieval, long chunksVisible, List<LeftOut> leftOut) {

  static RetrievalSummary of(AnswerContent content) {
    return new RetrievalSummary(
        content.report().retrieval(), content.report().chunksVisible(), content.leftOut());
  }
}

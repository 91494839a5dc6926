package dev.cairn.answer;

import dev.cairn.corpus.LeftOut;
import java.util.List;

/**
 * What an answer can read.
 *
 * @param chunksVisible chunks of the corpus that it may read
 * @param leftOut documents of the corpus that could not be read
 */
public record RetrievalSummary(RetrievalMode retrieval, long chunksVisible, List<LeftOut> leftOut) {

  public static RetrievalSummary of(AnswerContent content) {
    return new RetrievalSummary(
        content.report().retrieval(), content.report().chunksVisible(), content.leftOut());
  }
}

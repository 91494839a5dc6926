package dev.cairn.web;

import dev.cairn.answer.RetrievalSummary;
import dev.cairn.corpus.LeftOut;
import java.util.List;

/** What an answer can read, as it is sent. */
record RetrievalView(String retrieval, long chunksVisible, List<LeftOut> leftOut) {

  static RetrievalView of(RetrievalSummary summary) {
    return new RetrievalView(
        summary.retrieval().json(), summary.chunksVisible(), summary.leftOut());
  }
}

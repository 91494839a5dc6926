package dev.cairn.answer;

import java.util.UUID;

/** Is told of an answer while it is written, on the thread that writes it. */
interface AnswerObserver {

  /** Lets an answer be written to its end and looks at none of it. */
  AnswerObserver NONE =
      new AnswerObserver() {
        @Override
        public void began(UUID id) {}

        @Override
        public void retrieved(RetrievalSummary summary) {}

        @Override
        public boolean wrote(String piece) {
          return true;
        }

        @Override
        public boolean hasText() {
          return false;
        }
      };

  /** The answer is stored under this id from now on. */
  void began(UUID id);

  /** What the answer can read is known. */
  void retrieved(RetrievalSummary summary);

  /**
   * The answer goes on with this text, of whole characters; may be empty, and may wait.
   *
   * @return false to stop writing
   */
  boolean wrote(String piece);

  /** Whether text was taken that a second attempt could contradict. */
  boolean hasText();
}

package dev.cairn.answer;

import java.util.UUID;

/** Is told of an answer while it is written, on the thread that writes it. */
public interface AnswerObserver {

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

  /** Whether nobody waits for the answer any more. */
  boolean hasLeft();
}

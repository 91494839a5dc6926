package dev.cairn.stream;

import dev.cairn.answer.RetrievalSummary;

/**
 * One event of a streamed answer.
 *
 * @param number its place: grows within an answer, and is the same in every replay. 0 for {@code
 *     retrieval}; the length of the text so far, in Java chars, for {@code token}; counted on from
 *     there for what follows the text
 * @param data a summary, token, citation, report, answer or failure
 */
public record StreamEvent(long number, String name, Object data) {

  /** Before every event. */
  public static final long BEFORE_ALL = -1;

  private static final long RETRIEVAL = 0;

  /** A piece of the text. */
  public record Token(String text) {}

  static StreamEvent retrieval(RetrievalSummary summary) {
    return new StreamEvent(RETRIEVAL, "retrieval", summary);
  }

  /** The text that follows the event {@code after}. */
  static StreamEvent token(CharSequence text, long after) {
    int from = (int) Math.max(after, RETRIEVAL);
    String piece = text.subSequence(from, text.length()).toString();
    return new StreamEvent(text.length(), "token", new Token(piece));
  }

  /** Whether the stream ends with it. */
  boolean isLast() {
    return name.equals("done") || name.equals("error");
  }
}

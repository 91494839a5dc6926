package dev.cairn.answer;

import java.util.UUID;

/** Remembers what it was told of an answer, and takes so many tokens. */
class WatchedAnswer implements AnswerObserver {

  private final StringBuilder text = new StringBuilder();
  private final int most;
  private int tokens;
  private int untold;

  WatchedAnswer() {
    this(Integer.MAX_VALUE);
  }

  WatchedAnswer(int most) {
    this.most = most;
  }

  @Override
  public void began(UUID id) {}

  @Override
  public void retrieved(RetrievalSummary summary) {}

  @Override
  public boolean wrote(String piece) {
    untold += text.isEmpty() && piece.isEmpty() ? 1 : 0;
    text.append(piece);
    return ++tokens < most;
  }

  /** Tokens that were written before there was text. */
  int tokensBeforeText() {
    return untold;
  }

  String text() {
    return text.toString();
  }

  @Override
  public boolean hasText() {
    return !text.isEmpty();
  }

  @Override
  public boolean hasLeft() {
    return tokens >= most;
  }
}

package dev.cairn.answer;

import java.util.UUID;

/** Remembers what it was told of an answer, and takes so many tokens. */
class WatchedAnswer implements AnswerObserver {

  private final StringBuilder text = new StringBuilder();
  private final int most;
  private int tokens;

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
    text.append(piece);
    return ++tokens < most;
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

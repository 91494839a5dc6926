package dev.cairn.answer;

import java.util.UUID;

/** A client that waits for the whole answer. When it leaves, nobody reads what is written. */
record WaitingClient(ClientConnection connection) implements AnswerObserver {

  @Override
  public void began(UUID id) {}

  @Override
  public void retrieved(RetrievalSummary summary) {}

  @Override
  public boolean wrote(String piece) {
    return !connection.isGone();
  }

  @Override
  public boolean hasText() {
    return false;
  }

  @Override
  public boolean hasLeft() {
    return connection.isGone();
  }
}

package dev.cairn.web;

import dev.cairn.answer.AnswerObserver;
import dev.cairn.answer.RetrievalSummary;
import java.util.UUID;

/** A client that waits for the whole answer. When it leaves, nobody reads what is written. */
public record WaitingClient(ClientConnection connection) implements AnswerObserver {

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

package dev.cairn.answer;

import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.TokenSink;
import dev.cairn.tokenizer.Detokenizer;
import dev.cairn.tokenizer.TextTokenizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of an answer's tokens, tells an observer of it, and ends the answer at a stop, at its
 * deadline or when the observer wants no more. Used by one thread.
 */
final class AnswerText implements TokenSink {

  private final Question question;
  private final AnswerObserver observer;
  private final boolean isFinal;
  private final Detokenizer detokenizer;
  private final StopText stops;
  private final StringBuilder text = new StringBuilder();
  private @Nullable String ended;
  private boolean begun;

  /**
   * @param isFinal whether the text can be told before the answer has ended
   */
  AnswerText(Question question, AnswerObserver observer, boolean isFinal, TextTokenizer tokenizer) {
    this.question = question;
    this.observer = observer;
    this.isFinal = isFinal;
    this.detokenizer = new Detokenizer(tokenizer);
    this.stops = new StopText(question.stops());
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.cairn.problem.Problem deadline_exceeded before the first token
   */
  @Override
  public boolean accept(GeneratedToken token) {
    if (!begun && question.deadline().isOver()) {
      throw Deadline.exceeded();
    }
    begun = true;
    if (!tell(stops.push(detokenizer.push(token.id())))) {
      return false;
    }
    if (stops.isFound()) {
      ended = "stop";
    } else if (question.deadline().isOver()) {
      ended = "deadline";
    }
    return ended == null;
  }

  private boolean tell(String piece) {
    text.append(piece);
    return observer.wrote(isFinal ? piece : "");
  }

  /** What is held back is told; call it once, when no more tokens come. */
  void end(Generation generation) {
    String rest = stops.rest();
    if (!rest.isEmpty() && generation.finishReason() != Generation.FinishReason.CANCELLED) {
      tell(rest);
    } else {
      text.append(rest);
    }
    if (ended == null) {
      ended = generation.finishReason().name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@code stop}, {@code length}, {@code deadline} or {@code cancelled}, once it has ended. */
  String finishReason() {
    return String.valueOf(ended);
  }

  /** The text so far; a character that was cut off is not in it. */
  String text() {
    return text.toString();
  }
}

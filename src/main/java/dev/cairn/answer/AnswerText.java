package dev.cairn.answer;

import dev.cairn.citation.Evidence;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.TokenSink;
import dev.cairn.tokenizer.Detokenizer;
import dev.cairn.tokenizer.TextTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of an answer's tokens, tells an observer of it, and ends the answer at a stop, at its
 * deadline or when the observer wants no more. Text that too little may speak for is held back:
 * until the first tokens were weighed where the model says how likely they are, else to the end.
 * Used by one thread.
 */
final class AnswerText implements TokenSink {

  private final Question question;
  private final AnswerObserver observer;
  private final Detokenizer detokenizer;
  private final StopText stops;
  private final StringBuilder text = new StringBuilder();
  private final List<GeneratedToken> weighed = new ArrayList<>();
  private @Nullable Float abstention;
  private boolean tells;
  private @Nullable String ended;
  private boolean begun;

  AnswerText(Question question, AnswerObserver observer, TextTokenizer tokenizer) {
    this.question = question;
    this.observer = observer;
    this.tells = question.keepsText();
    this.detokenizer = new Detokenizer(tokenizer);
    this.stops = new StopText(question.stops());
  }

  @Override
  public boolean begins(@Nullable Float abstains) {
    abstention = abstains;
    if (abstains != null) {
      tells = question.minEvidence() <= -1;
    }
    return !endsForWantOfEvidence();
  }

  private boolean endsForWantOfEvidence() {
    if (abstention != null
        && Evidence.isTooLittle(Evidence.of(abstention, weighed), question.minEvidence())) {
      ended = "stop";
    }
    return ended != null;
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
    } else if (!tells && abstention != null) {
      return weigh(token);
    }
    return ended == null;
  }

  /** Once enough tokens are weighed, what was held back is told, or the answer ends. */
  private boolean weigh(GeneratedToken token) {
    weighed.add(token);
    if (weighed.size() < Evidence.WEIGHED_TOKENS) {
      return true;
    }
    tells = !endsForWantOfEvidence();
    return tells && observer.wrote(text.toString());
  }

  private boolean tell(String piece) {
    text.append(piece);
    return observer.wrote(tells ? piece : "");
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

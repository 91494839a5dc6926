package dev.cairn.answer;

import dev.cairn.citation.Evidence;
import dev.cairn.citation.WrittenText;
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
 * Makes text of an answer's tokens, and ends it at a stop, at its longest, at its deadline, when
 * the observer wants no more, or before it states what stands in nothing it cites. Text that too
 * little may speak for is held: until the first tokens were weighed where the model says how likely
 * they are, else to the end. They are weighed to the same end wherever the text is cut: tokens
 * behind the cut count as evidence, and are no part of the answer. Used by one thread.
 */
final class AnswerText implements TokenSink {

  private final Question question;
  private final Detokenizer detokenizer;
  private final StopText stops;
  private final ToldText told;
  private final List<GeneratedToken> written = new ArrayList<>();
  private int tokens;
  private @Nullable Float abstention;
  private boolean left;
  private @Nullable String ended;

  AnswerText(
      Question question, AnswerObserver observer, TextTokenizer tokenizer, CiteSoFar citing) {
    this.question = question;
    this.detokenizer = new Detokenizer(tokenizer);
    this.stops = new StopText(question.stops());
    this.told = new ToldText(observer, question.checks(), text -> citing.bears(text, tokens()));
    if (question.checks() && question.retrieval().usesSentences()) {
      told.hold();
    }
  }

  @Override
  public boolean begins(@Nullable Float abstains) {
    abstention = abstains;
    if (abstains != null && question.checks()) {
      told.hold();
    }
    return !hasTooLittleEvidence();
  }

  private boolean hasTooLittleEvidence() {
    return abstention != null
        && Evidence.isTooLittle(Evidence.of(abstention, written), question.minEvidence());
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.cairn.problem.Problem deadline_exceeded before the first token
   */
  @Override
  public boolean accept(GeneratedToken token) {
    if (written.isEmpty() && question.deadline().isOver()) {
      throw Deadline.exceeded();
    }
    written.add(token);
    boolean goesOn = ended == null ? take(token) : add("");
    if (goesOn && question.deadline().isOver()) {
      end("deadline");
      return false;
    }
    return goesOn && weigh();
  }

  /** A token of the answer. Returns false when the answer is to end before it. */
  private boolean take(GeneratedToken token) {
    tokens++;
    boolean goesOn = add(stops.push(detokenizer.push(token.id())));
    if (stops.isFound()) {
      end("stop");
    } else if (tokens == question.maxTokens()) {
      end("length");
    }
    return goesOn;
  }

  private boolean add(String piece) {
    boolean goesOn = told.add(piece);
    left = !goesOn && !told.isUnsupported();
    return goesOn;
  }

  private void end(String reason) {
    ended = ended == null ? reason : ended;
  }

  /** Once enough tokens are weighed, what was held is told. Returns false when the answer ends. */
  private boolean weigh() {
    if (abstention == null || !told.isHeld()) {
      return ended == null;
    }
    if (written.size() < Evidence.WEIGHED_TOKENS) {
      return true;
    }
    if (hasTooLittleEvidence()) {
      end("stop");
      return false;
    }
    told.release();
    return add("") && ended == null;
  }

  /** To be called once, when no more tokens come. */
  void end(Generation generation) {
    end(generation.finishReason().name().toLowerCase(Locale.ROOT));
    if (told.isUnsupported()) {
      return;
    }
    told.append(stops.rest());
    if (!isCancelled() && !hasTooLittleEvidence()) {
      told.end(isCut());
    }
  }

  /** {@code stop}, {@code length}, {@code deadline}, {@code unsupported} or {@code cancelled}. */
  String finishReason() {
    if (left) {
      return "cancelled";
    } else if (isUnfounded() || hasTooLittleEvidence()) {
      return "stop";
    }
    return told.isUnsupported() ? "unsupported" : String.valueOf(ended);
  }

  boolean isCancelled() {
    return finishReason().equals("cancelled");
  }

  /** Whether it was ended from outside, perhaps within a word. */
  private boolean isCut() {
    return stops.isFound() || !"stop".equals(ended) && !told.isUnsupported();
  }

  /** Whether nothing was told of it, since it states what stands in nothing it cites. */
  boolean isUnfounded() {
    return told.isUnsupported() && told.isUntold();
  }

  /** The text; a character that was cut off is not in it. */
  WrittenText text() {
    return told.written(isCut());
  }

  /** The tokens that it is made of. */
  List<GeneratedToken> tokens() {
    return written.subList(0, tokens);
  }
}

package dev.cairn.engine;

import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Generation.FinishReason;
import dev.cairn.model.ModelConfig;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Sampling;
import dev.cairn.model.SequenceStep;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer between the steps that write it and the thread that asked for it. Steps may be ahead
 * of that thread by {@link #AHEAD} tokens; then they pass the answer over until it follows.
 */
final class PendingAnswer {

  /** More would be computed for nothing when the reader leaves. */
  private static final int AHEAD = 2;

  private final ModelConfig config;
  private final ChunkMemory memory;
  private final Sampler sampler;
  private final int maxTokens;
  private final int promptTokens;
  private final Deque<GeneratedToken> untold = new ArrayDeque<>();

  private int[] unread;
  private int written;
  private @Nullable DecodedSequence sequence;
  private boolean inStep;
  private boolean left;
  private @Nullable FinishReason reason;
  private @Nullable RuntimeException failure;
  private long promptNanos;
  private long decodeNanos;

  PendingAnswer(ModelConfig config, int[] prompt, ChunkMemory memory, Sampling sampling) {
    this.config = config;
    this.memory = memory;
    this.sampler = new Sampler(sampling);
    this.maxTokens = sampling.maxTokens();
    this.promptTokens = prompt.length;
    this.unread = prompt.clone();
  }

  /** Takes it for the next step, if it may be; until the end of that it cannot leave. */
  synchronized boolean take() {
    inStep = !left && !hasEnded() && untold.size() < AHEAD;
    return inStep;
  }

  private boolean hasEnded() {
    return reason != null || failure != null;
  }

  /**
   * Its turn in the step that it was taken for.
   *
   * @param rows tokens that it may read, at least 1
   */
  synchronized SequenceStep begin(AnswerDecoder decoder, int rows) {
    DecodedSequence opened = sequence == null ? decoder.open(memory) : sequence;
    sequence = opened;
    int[] ids = Arrays.copyOf(unread, Math.min(rows, unread.length));
    return new SequenceStep(opened, ids, ids.length == unread.length);
  }

  /** What came of its turn. */
  synchronized void end(SequenceStep turn, AnswerDecoder.StepTime time) {
    inStep = false;
    count(time);
    unread = Arrays.copyOfRange(unread, turn.ids().length, unread.length);
    SequenceStep.Prediction prediction = turn.prediction();
    if (turn.failure() != null) {
      failure = turn.failure();
    } else if (prediction != null) {
      write(prediction);
    }
    notifyAll();
  }

  private void count(AnswerDecoder.StepTime time) {
    if (written == 0) {
      promptNanos += time.lower() + time.upper();
    } else {
      decodeNanos += time.lower() + time.upper();
    }
  }

  private void write(SequenceStep.Prediction prediction) {
    int id = sampler.next(prediction.logits(), prediction.logitsAt(), config.vocabSize());
    if (id == config.eosTokenId()) {
      reason = FinishReason.STOP;
      return;
    }
    untold.add(new GeneratedToken(id, prediction.reading()));
    unread = new int[] {id};
    if (++written == maxTokens) {
      reason = FinishReason.LENGTH;
    }
  }

  /** The step that it was taken for came to nothing. */
  synchronized void fail(RuntimeException thrown) {
    inStep = false;
    giveUp(thrown);
  }

  /** There will be no more steps. */
  synchronized void giveUp(RuntimeException thrown) {
    if (!hasEnded()) {
      failure = thrown;
    }
    notifyAll();
  }

  /**
   * The next token; empty when there is none any more.
   *
   * @throws RuntimeException what the memory threw
   */
  synchronized Optional<GeneratedToken> next() throws InterruptedException {
    while (untold.isEmpty() && !hasEnded()) {
      wait();
    }
    if (untold.isEmpty() && failure != null) {
      throw failure;
    }
    return Optional.ofNullable(untold.poll());
  }

  /** Takes it out of all later steps and waits for the one that runs; an interrupt is kept. */
  synchronized @Nullable DecodedSequence leave() {
    left = true;
    boolean interrupted = false;
    while (inStep) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return sequence;
  }

  /** Once all tokens were told: why there are no more. */
  synchronized FinishReason reason() {
    return reason == null ? FinishReason.CANCELLED : reason;
  }

  synchronized Generation.Cost cost() {
    ReadMeter.Use use = sequence == null ? new ReadMeter.Use(0, 0, 0, 0) : sequence.use();
    return new Generation.Cost(
        promptTokens,
        use.chunksScored(),
        use.distinctChunksRead(),
        promptNanos,
        use.scanNanos(),
        use.loadNanos(),
        decodeNanos);
  }
}

package dev.cairn.engine;

import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.DecoderShape;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Generation.FinishReason;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Reading;
import dev.cairn.model.Sampling;
import dev.cairn.model.ScheduledSequence;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One answer between the steps that write it and the thread that asked for it, which meet in a
 * queue. Steps may be ahead of that thread by {@link #AHEAD} tokens; then they pass the answer over
 * until it follows. All but {@link #next}, {@link #follow} and what is asked at the end belongs to
 * the steps.
 */
final class PendingAnswer {

  /** More would be computed for nothing when the reader leaves. */
  private static final int AHEAD = 2;

  private final DecoderShape shape;
  private final ChunkMemory memory;
  private final Sampler sampler;
  private final int maxTokens;
  private final int[] prompt;
  private final int[] abstention;
  private final BlockingQueue<Optional<GeneratedToken>> untold = new LinkedBlockingQueue<>();
  private final AtomicInteger ahead = new AtomicInteger();

  private int[] unread;
  private int written;
  private @Nullable DecodedSequence sequence;
  private boolean waits; // until its reader follows, who then has it go on
  private boolean over;
  private FinishReason reason = FinishReason.CANCELLED;
  private @Nullable RuntimeException failure;
  private @Nullable Reading looked;
  private @Nullable Float abstentionProbability;
  private long promptNanos;
  private long decodeNanos;

  PendingAnswer(
      DecoderShape shape, int[] prompt, int[] abstention, ChunkMemory memory, Sampling sampling) {
    this.shape = shape;
    this.memory = memory;
    this.sampler = new Sampler(sampling);
    this.maxTokens = sampling.maxTokens();
    this.prompt = prompt;
    this.abstention = abstention;
    this.unread = prompt.clone();
  }

  /**
   * What it does in a step; empty when the last of its prompt has to wait for more rows.
   *
   * @param rows tokens that it may read, at least 1
   */
  Optional<ScheduledSequence> begin(AnswerDecoder decoder, int rows) {
    DecodedSequence opened =
        sequence == null ? decoder.open(prompt, prompt.length + maxTokens, memory) : sequence;
    sequence = opened;
    waits = false;
    int[] probe = probe();
    if (unread.length + probe.length <= rows) {
      return Optional.of(new ScheduledSequence(opened, unread, true, probe));
    }
    int[] ids = Arrays.copyOf(unread, Math.min(rows, unread.length - 1));
    return ids.length == 0
        ? Optional.empty()
        : Optional.of(new ScheduledSequence(opened, ids, false));
  }

  /** All but the last, which nothing has to follow. */
  private int[] probe() {
    return asks() ? Arrays.copyOf(abstention, abstention.length - 1) : new int[0];
  }

  /** Whether the next prediction tells how likely the abstention is. */
  private boolean asks() {
    return written == 0 && abstention.length > 0;
  }

  /** What came of it. */
  void end(ScheduledSequence scheduled, long nanos) {
    count(nanos);
    unread = Arrays.copyOfRange(unread, scheduled.ids().length, unread.length);
    ScheduledSequence.Prediction prediction = scheduled.prediction();
    if (scheduled.failure() != null) {
      fail(scheduled.failure());
    } else if (prediction != null) {
      write(prediction);
    }
  }

  private void count(long nanos) {
    if (written == 0) {
      promptNanos += nanos;
    } else {
      decodeNanos += nanos;
    }
  }

  private void write(ScheduledSequence.Prediction prediction) {
    if (written == 0) {
      looked = prediction.reading();
    }
    if (asks()) {
      abstentionProbability = probability(prediction);
    }
    int id = sampler.next(prediction.logits(), prediction.logitsAt(), shape.tokens());
    if (shape.ends(id)) {
      finish(FinishReason.STOP);
      return;
    }
    waits = ahead.incrementAndGet() == AHEAD;
    untold.add(
        Optional.of(new GeneratedToken(id, logProbability(prediction, id), prediction.reading())));
    unread = new int[] {id};
    if (++written == maxTokens) {
      finish(FinishReason.LENGTH);
    }
  }

  /** Of the whole abstention. */
  private float probability(ScheduledSequence.Prediction prediction) {
    double sum = 0;
    for (int i = 0; i < abstention.length; i++) {
      sum += logProbability(prediction, i, abstention[i]);
    }
    return (float) Math.exp(sum);
  }

  /** Of what is written, where it is of use. */
  private float logProbability(ScheduledSequence.Prediction prediction, int id) {
    return abstention.length == 0 ? Float.NaN : logProbability(prediction, 0, id);
  }

  private float logProbability(ScheduledSequence.Prediction prediction, int row, int id) {
    int at = prediction.logitsAt() + row * shape.vocabSize();
    return Sampler.logProbability(prediction.logits(), at, shape.tokens(), id);
  }

  private void finish(FinishReason why) {
    reason = why;
    endTokens();
  }

  /** There will be no more steps of it, unless it has ended anyway. */
  void fail(RuntimeException thrown) {
    if (!over) {
      failure = thrown;
      endTokens();
    }
  }

  private void endTokens() {
    over = true;
    untold.add(Optional.empty());
  }

  /** Frees what it held; no step may have it any more. */
  void leave(AnswerDecoder decoder) {
    over = true;
    if (sequence != null) {
      decoder.close(sequence);
    }
  }

  /** Whether a step may have it. */
  boolean isOpen() {
    return !over;
  }

  /** Whether a step may have it before its reader follows. */
  boolean goesOn() {
    return !over && !waits;
  }

  /**
   * Waits for the next token; empty when there is none any more.
   *
   * @throws RuntimeException what the memory threw
   */
  Optional<GeneratedToken> next() throws InterruptedException {
    Optional<GeneratedToken> next = untold.take();
    if (next.isEmpty() && failure != null) {
      throw failure;
    }
    return next;
  }

  /**
   * Its reader has taken a token.
   *
   * @return whether the steps waited for that
   */
  boolean follow() {
    return ahead.getAndDecrement() == AHEAD;
  }

  /** Once the first token was told: the probability of the abstention, if it was asked for. */
  @Nullable Float abstention() {
    return abstentionProbability;
  }

  /** Once the first token was told: what the prompt read. */
  @Nullable Reading looked() {
    return looked;
  }

  /** Once all tokens were told: why there are no more. */
  FinishReason reason() {
    return reason;
  }

  /** Once it has left. */
  Generation.Cost cost() {
    ReadMeter.Use use = sequence == null ? new ReadMeter.Use(0, 0, 0, 0) : sequence.use();
    return new Generation.Cost(
        prompt.length,
        use.chunksScored(),
        use.distinctChunksRead(),
        promptNanos,
        use.scanNanos(),
        use.loadNanos(),
        decodeNanos);
  }
}

package dev.cairn.engine;

import dev.cairn.engine.NativeThread.Priority;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.SequenceStep;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes answers step by step, up to {@link #MOST} in one step. Answers join and leave between two
 * steps; when there are more, they take turns, so that none starves.
 */
public final class ContinuousBatch implements AutoCloseable {

  /** Answers of one step. */
  public static final int MOST = 16;

  private final AnswerDecoder decoder;
  private final NativeThread thread;
  private final List<Runnable> warmUp;
  private final Set<PendingAnswer> open = new LinkedHashSet<>();
  private boolean closed;

  /**
   * @param warmUp run before the first answer, as far as there is time
   */
  ContinuousBatch(AnswerDecoder decoder, NativeThread thread, List<Runnable> warmUp) {
    this.decoder = decoder;
    this.thread = thread;
    this.warmUp = warmUp;
    Thread.ofPlatform().name("answers").daemon().start(this::work);
  }

  /**
   * @throws IllegalStateException when the batch was closed
   */
  synchronized void add(PendingAnswer writing) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    open.add(writing);
    notifyAll();
  }

  /** Its reader has followed: it may be in the next step again. */
  synchronized void follow() {
    notifyAll();
  }

  /** Takes an answer out and frees what it held. */
  void remove(PendingAnswer writing) {
    synchronized (this) {
      open.remove(writing);
    }
    DecodedSequence sequence = writing.leave();
    if (sequence != null) {
      thread.free(() -> decoder.close(sequence));
    }
  }

  private void work() {
    try {
      warmUp();
      for (List<PendingAnswer> ready = awaitReady(); !ready.isEmpty(); ready = awaitReady()) {
        step(ready);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody may interrupt the thread of the answers", e);
    }
  }

  /** Until the first answer is asked for. */
  private void warmUp() {
    Iterator<Runnable> steps = warmUp.iterator();
    while (steps.hasNext() && isIdle()) {
      try {
        thread.run(Priority.ENCODING, steps.next());
      } catch (IllegalStateException closedMeanwhile) {
        return;
      }
    }
  }

  private synchronized boolean isIdle() {
    return open.isEmpty() && !closed;
  }

  /** Those of the next step; none when the batch was closed. */
  private synchronized List<PendingAnswer> awaitReady() throws InterruptedException {
    List<PendingAnswer> ready = ready();
    while (ready.isEmpty() && !closed) {
      wait();
      ready = ready();
    }
    return ready;
  }

  /** The ones that waited longest, which then stand last. */
  private List<PendingAnswer> ready() {
    List<PendingAnswer> ready = new ArrayList<>();
    if (closed) {
      return ready;
    }
    Iterator<PendingAnswer> each = open.iterator();
    while (each.hasNext() && ready.size() < MOST) {
      PendingAnswer writing = each.next();
      if (writing.take()) {
        ready.add(writing);
        each.remove();
      }
    }
    open.addAll(ready);
    return ready;
  }

  private void step(List<PendingAnswer> ready) {
    try {
      thread.run(Priority.ANSWER, () -> compute(ready));
    } catch (RuntimeException | OutOfMemoryError e) {
      IllegalStateException failure = new IllegalStateException("a step of answers failed", e);
      ready.forEach(writing -> writing.fail(failure));
    }
  }

  /** Each has a row for sure; what is left of the rows goes to those that have a prompt to read. */
  private void compute(List<PendingAnswer> ready) {
    List<SequenceStep> turns = new ArrayList<>();
    int left = decoder.rows();
    int waiting = ready.size();
    for (PendingAnswer writing : ready) {
      waiting--;
      SequenceStep turn = writing.begin(decoder, Math.max(1, left - waiting));
      left -= turn.ids().length;
      turns.add(turn);
    }
    AnswerDecoder.StepTime time = decoder.step(turns);
    decoder.share(turns.size(), i -> ready.get(i).end(turns.get(i), time));
  }

  /** Ends the thread; answers that are open get no more tokens. */
  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(writing -> writing.giveUp(new IllegalStateException("the model is closed")));
    notifyAll();
  }
}

package dev.cairn.engine;

import static java.util.Objects.requireNonNull;

import dev.cairn.engine.NativeThread.Priority;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.ScheduledSequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

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
  private final Set<PendingAnswer> open = ConcurrentHashMap.newKeySet();

  /** Those that a step may have, the one that waited longest first. */
  private final BlockingQueue<PendingAnswer> ready = new LinkedBlockingQueue<>();

  private final Thread steps;
  private boolean closed;

  /**
   * @param warmUp run before the first answer, as far as there is time
   */
  ContinuousBatch(AnswerDecoder decoder, NativeThread thread, List<Runnable> warmUp) {
    this.decoder = decoder;
    this.thread = thread;
    this.warmUp = warmUp;
    this.steps = Thread.ofPlatform().name("answers").daemon().start(this::work);
  }

  /**
   * @throws IllegalStateException when the batch was closed
   */
  synchronized void add(PendingAnswer writing) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    open.add(writing);
    ready.add(writing);
  }

  /** As {@link PendingAnswer#next}; lets an answer that waited for its reader go on. */
  Optional<GeneratedToken> next(PendingAnswer writing) throws InterruptedException {
    Optional<GeneratedToken> next = writing.next();
    if (next.isPresent() && writing.follow()) {
      ready.add(writing);
    }
    return next;
  }

  /** Takes an answer out and frees what it held, once the step that may have it has ended. */
  void remove(PendingAnswer writing) {
    open.remove(writing);
    thread.free(() -> writing.leave(decoder));
  }

  private void work() {
    try {
      warmUp();
      while (true) {
        List<PendingAnswer> taken = new ArrayList<>(List.of(ready.take()));
        ready.drainTo(taken, MOST - 1);
        step(taken);
      }
    } catch (InterruptedException closed) {
      open.forEach(writing -> writing.fail(new IllegalStateException("the model is closed")));
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

  private boolean isIdle() {
    return open.isEmpty() && !Thread.currentThread().isInterrupted();
  }

  private void step(List<PendingAnswer> taken) {
    try {
      thread.run(Priority.ANSWER, () -> compute(taken));
    } catch (RuntimeException | OutOfMemoryError e) {
      IllegalStateException failure = new IllegalStateException("a step of answers failed", e);
      taken.forEach(writing -> writing.fail(failure));
    }
  }

  private void compute(List<PendingAnswer> taken) {
    List<PendingAnswer> writing = taken.stream().filter(PendingAnswer::isOpen).toList();
    Map<PendingAnswer, ScheduledSequence> batch = turns(writing);
    if (!batch.isEmpty()) {
      List<PendingAnswer> taking = List.copyOf(batch.keySet());
      long nanos = decoder.step(List.copyOf(batch.values()));
      decoder.share(taking.size(), i -> end(taking.get(i), batch, nanos));
    }
    writing.stream().filter(each -> !batch.containsKey(each)).forEach(ready::add);
    batch.keySet().stream().filter(PendingAnswer::goesOn).forEach(ready::add);
  }

  private static void end(
      PendingAnswer writing, Map<PendingAnswer, ScheduledSequence> batch, long nanos) {
    writing.end(requireNonNull(batch.get(writing)), nanos);
  }

  /**
   * Each has a row for sure; what is left of the rows goes to those that have a prompt to read. One
   * that has to wait for more rows is among the first of the next step.
   */
  private Map<PendingAnswer, ScheduledSequence> turns(List<PendingAnswer> writing) {
    Map<PendingAnswer, ScheduledSequence> batch = new LinkedHashMap<>();
    int left = decoder.rows();
    int waiting = writing.size();
    for (PendingAnswer each : writing) {
      waiting--;
      Optional<ScheduledSequence> scheduled = each.begin(decoder, Math.max(1, left - waiting));
      if (scheduled.isPresent()) {
        left -= scheduled.get().rows();
        batch.put(each, scheduled.get());
      }
    }
    return batch;
  }

  /** Ends the thread; answers that are open get no more tokens. */
  @Override
  public synchronized void close() {
    closed = true;
    steps.interrupt();
  }
}

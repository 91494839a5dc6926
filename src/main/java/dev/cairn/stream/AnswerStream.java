package dev.cairn.stream;

import dev.cairn.access.Caller;
import dev.cairn.answer.Answer;
import dev.cairn.answer.AnswerObserver;
import dev.cairn.answer.RetrievalSummary;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is written while others read it. Each piece waits until a reader has taken it, so
 * that nothing is computed for a reader who left: the answer then pauses, and is cancelled when
 * nobody reads on within the grace. One thread writes, any number reads.
 *
 * <p>A monitor rather than a queue: a queue gives each piece to one reader, while several may read
 * the same text from places of their own, and the writer waits for whichever is the farthest.
 */
public final class AnswerStream implements AnswerObserver {

  private static final long POLL_MILLIS = 250;

  private final Caller caller;
  private final Duration grace;
  private final BiConsumer<UUID, AnswerStream> register;
  private final StringBuilder text = new StringBuilder();
  private @Nullable UUID id;
  private @Nullable RetrievalSummary retrieval;
  private @Nullable Answer answer;
  private @Nullable RuntimeException failure;
  private long taken = StreamEvent.BEFORE_ALL;
  private int readers;
  private long readerLeftNanos = System.nanoTime();
  private boolean closed;

  /**
   * @param grace how long the answer waits for a reader
   * @param register makes the stream known under its answer's id
   */
  AnswerStream(Caller caller, Duration grace, BiConsumer<UUID, AnswerStream> register) {
    this.caller = caller;
    this.grace = grace;
    this.register = register;
  }

  @Override
  public synchronized void began(UUID id) {
    this.id = id;
    register.accept(id, this);
  }

  @Override
  public synchronized void retrieved(RetrievalSummary summary) {
    retrieval = summary;
    notifyAll();
  }

  @Override
  public synchronized boolean wrote(String piece) {
    text.append(piece);
    notifyAll();
    try {
      return awaitTaken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public synchronized boolean hasText() {
    return !text.isEmpty();
  }

  @Override
  public synchronized boolean hasLeft() {
    return closed || (readers == 0 && graceLeftNanos() <= 0);
  }

  private boolean awaitTaken() throws InterruptedException {
    while (!closed && (readers == 0 || taken < text.length())) {
      long left = readers > 0 ? Long.MAX_VALUE : graceLeftNanos();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !closed;
  }

  private long graceLeftNanos() {
    return grace.toNanos() - (System.nanoTime() - readerLeftNanos);
  }

  /** The answer is stored. */
  synchronized void ended(Answer stored) {
    answer = stored;
    notifyAll();
  }

  /** There is no answer. */
  synchronized void failed(RuntimeException thrown) {
    failure = thrown;
    notifyAll();
  }

  /**
   * Waits until the first event is there.
   *
   * @param hasLeft asked now and then whether the reader has left, which closes the stream
   */
  synchronized UUID awaitFirst(BooleanSupplier hasLeft) throws InterruptedException {
    while (retrieval == null && failure == null) {
      wait(POLL_MILLIS);
      closed |= hasLeft.getAsBoolean();
    }
    if (retrieval == null && failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(id);
  }

  /** The events behind a number, or none when the time is over or the stream was closed. */
  synchronized List<StreamEvent> next(long after, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    List<StreamEvent> events = now(after);
    for (long left = timeout.toNanos();
        events.isEmpty() && !closed && !hasEnded() && left > 0;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      events = now(after);
    }
    return events;
  }

  private List<StreamEvent> now(long after) {
    if (closed) {
      return List.of();
    }
    if (after == StreamEvent.BEFORE_ALL && retrieval != null) {
      return List.of(StreamEvent.retrieval(retrieval));
    }
    if (after < text.length()) {
      return List.of(StreamEvent.token(text, after));
    }
    if (answer != null) {
      return AnswerEvents.of(answer, after);
    }
    return failure == null
        ? List.of()
        : List.of(new StreamEvent(after + 1, "error", Answer.Failure.of(failure)));
  }

  /** A reader has written the event. */
  synchronized void took(long number) {
    taken = Math.max(taken, number);
    notifyAll();
  }

  /**
   * @param after number of the last event that the reader has
   * @throws Problem invalid_request when there was no such event yet
   */
  public synchronized void readerCame(long after) {
    if (answer == null && after > text.length()) {
      throw new Problem(
          ProblemCode.INVALID_REQUEST,
          "Last-Event-ID is of no event yet: leave it out to get all.");
    }
    readers++;
    taken = Math.max(taken, after);
    notifyAll();
  }

  synchronized void readerLeft() {
    readers--;
    readerLeftNanos = System.nanoTime();
    notifyAll();
  }

  /** Stops the answer; its readers are to come again. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Whether no more events come behind those that {@link #next} returned. */
  synchronized boolean hasEnded() {
    return answer != null || failure != null;
  }

  boolean belongsTo(Caller other) {
    return caller.equals(other);
  }
}

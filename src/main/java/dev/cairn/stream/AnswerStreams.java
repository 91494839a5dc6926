package dev.cairn.stream;

import dev.cairn.access.Caller;
import dev.cairn.answer.AnswerQuestion;
import dev.cairn.answer.Question;
import dev.cairn.corpus.AskedScope;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The answers that are being streamed, each written on a thread of its own. */
@Component
public class AnswerStreams {

  private static final long END_MILLIS = 5_000;

  private final AnswerQuestion answerQuestion;
  private final Map<UUID, AnswerStream> byAnswer = new ConcurrentHashMap<>();
  private final Map<AnswerStream, Thread> writers = new ConcurrentHashMap<>();
  private volatile boolean closing;

  AnswerStreams(AnswerQuestion answerQuestion) {
    this.answerQuestion = answerQuestion;
  }

  /**
   * Begins an answer, which the calling thread reads first. Waits for the first event.
   *
   * @param grace how long the answer waits for a reader who left
   * @param hasLeft whether the reader left, which it may before the first event
   * @throws Problem what was found before it
   */
  public Opened open(
      Caller caller, AskedScope scope, Question question, Duration grace, BooleanSupplier hasLeft)
      throws InterruptedException {
    if (closing) {
      throw new Problem(ProblemCode.OVERLOADED, "The service is ending: ask again in a moment.");
    }
    AnswerStream stream = new AnswerStream(caller, grace, byAnswer::put);
    stream.readerCame(StreamEvent.BEFORE_ALL);
    Thread writer = Thread.ofVirtual().unstarted(() -> write(stream, caller, scope, question));
    writers.put(stream, writer);
    writer.start();
    try {
      return new Opened(stream.awaitFirst(hasLeft), stream);
    } catch (InterruptedException e) {
      stream.close();
      throw e;
    }
  }

  /** An answer whose first event is there. */
  public record Opened(UUID id, AnswerStream stream) {}

  private void write(AnswerStream stream, Caller caller, AskedScope scope, Question question) {
    try {
      stream.ended(answerQuestion.answer(caller, scope, question, stream));
    } catch (RuntimeException e) {
      stream.failed(e);
    } finally {
      byAnswer.values().remove(stream);
      writers.remove(stream);
    }
  }

  /** The stream of an answer that is being written, when it is the caller's. */
  public Optional<AnswerStream> find(Caller caller, UUID id) {
    return Optional.ofNullable(byAnswer.get(id)).filter(stream -> stream.belongsTo(caller));
  }

  /** Answers that are being streamed. */
  int size() {
    return writers.size();
  }

  /** Before the web server waits for its requests, of which an open stream would be one. */
  @EventListener(ContextClosedEvent.class)
  void close() throws InterruptedException {
    closing = true;
    Map<AnswerStream, Thread> open = Map.copyOf(writers);
    open.keySet().forEach(AnswerStream::close);
    long end = System.nanoTime() + END_MILLIS * 1_000_000;
    for (Thread writer : open.values()) {
      writer.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }
}

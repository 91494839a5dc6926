package dev.cairn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cairn.engine.NativeThread.Priority;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeThreadTest {

  private final NativeThread thread = new NativeThread();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    thread.close(() -> {});
  }

  @Test
  void answersThatWaitRunBeforeEncodingThatWaits() {
    Thread first = submit(Priority.ENCODING, this::passGate);
    Thread encoding = submit(Priority.ENCODING, () -> done.add("encoding"));
    Thread answer = submit(Priority.ANSWER, () -> done.add("answer"));
    gate.countDown();
    join(first, encoding, answer);
    assertThat(done).containsExactly("answer", "encoding");
  }

  @Test
  void encodingLetsAnswersInBetweenItsSteps() {
    Thread encoding =
        submit(
            Priority.ENCODING,
            () -> {
              passGate();
              done.add("step");
              thread.runAnswers();
              done.add("next step");
            });
    Thread other = submit(Priority.ENCODING, () -> done.add("other encoding"));
    Thread answer = submit(Priority.ANSWER, () -> done.add("answer"));
    gate.countDown();
    join(encoding, other, answer);
    assertThat(done).containsExactly("step", "answer", "next step", "other encoding");
  }

  @Test
  void whatTheWorkThrowsReachesTheCaller() {
    IllegalArgumentException thrown = new IllegalArgumentException("from the work");
    assertThatThrownBy(
            () ->
                thread.run(
                    Priority.ANSWER,
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(thread.call(Priority.ANSWER, () -> "still running")).isEqualTo("still running");
  }

  @Test
  void anInterruptDoesNotEndTheWaitButIsKept() {
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  thread.run(Priority.ANSWER, this::passGate);
                  done.add("waited");
                  interrupted.set(Thread.currentThread().isInterrupted());
                });
    caller.interrupt();
    assertThat(done).isEmpty();
    gate.countDown();
    join(caller);
    assertThat(done).containsExactly("waited");
    assertThat(interrupted).isTrue();
  }

  @Test
  void closingRunsWhatWaitsAndRefusesWhatComesLater() {
    Thread first = submit(Priority.ANSWER, this::passGate);
    Thread waiting = submit(Priority.ENCODING, () -> done.add("waiting"));
    Thread closing = Thread.ofVirtual().start(() -> thread.close(() -> done.add("last")));
    await().until(() -> closing.getState() == Thread.State.WAITING);
    gate.countDown();
    join(first, waiting, closing);
    assertThat(done).containsExactly("waiting", "last");
    assertThatThrownBy(() -> thread.run(Priority.ANSWER, () -> {}))
        .isInstanceOf(IllegalStateException.class);
    thread.free(() -> done.add("freed twice"));
    assertThat(done).containsExactly("waiting", "last");
  }

  @Test
  void whoFreesWhileTheThreadClosesWaitsForTheWorkThatStillRuns() {
    Thread running = submit(Priority.ANSWER, this::passGate);
    Thread closing = Thread.ofVirtual().start(() -> thread.close(() -> done.add("last")));
    await().until(() -> closing.getState() == Thread.State.WAITING);
    Thread freeing =
        Thread.ofVirtual()
            .start(
                () -> {
                  thread.free(() -> done.add("freed twice"));
                  done.add("left");
                });
    await().until(() -> freeing.getState() == Thread.State.WAITING);
    gate.countDown();
    join(running, closing, freeing);
    assertThat(done).containsExactly("last", "left");
  }

  /** A caller whose work stands in the queue or runs. */
  private Thread submit(Priority priority, Runnable work) {
    Thread caller = Thread.ofVirtual().start(() -> thread.run(priority, work));
    await().until(() -> caller.getState() == Thread.State.WAITING);
    return caller;
  }

  private void passGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread... threads) {
    for (Thread thread : threads) {
      await().until(() -> !thread.isAlive());
    }
  }
}

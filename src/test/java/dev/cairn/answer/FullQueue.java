package dev.cairn.answer;

import static org.awaitility.Awaitility.await;

import dev.cairn.access.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Takes all places, and all of the queue, that one tenant can have; closing gives them back. */
public final class FullQueue implements AutoCloseable {

  private static final Executor VIRTUAL = Thread::startVirtualThread;

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<CompletableFuture<Boolean>> questions = new ArrayList<>();

  /**
   * @param places that one tenant can take
   * @param waiting of its questions that can wait for one
   */
  public static FullQueue of(Admission admission, int places, int waiting) {
    FullQueue full = new FullQueue();
    for (int i = 0; i < places + waiting; i++) {
      full.questions.add(CompletableFuture.supplyAsync(() -> full.ask(admission), VIRTUAL));
    }
    await().until(() -> admission.open() == places && admission.waiting() == waiting);
    return full;
  }

  private boolean ask(Admission admission) {
    Deadline later = new Deadline(System.nanoTime() + Duration.ofMinutes(5).toNanos());
    return admission.admit(Caller.DEFAULT_TENANT, later, new WatchedAnswer(), this::waitForEnd);
  }

  private boolean waitForEnd() {
    try {
      end.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    end.countDown();
    questions.forEach(CompletableFuture::join);
  }
}

package dev.cairn.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that computes. Work is queued in two priorities; work of the same priority runs in
 * the order in which it came.
 *
 * <p>A platform thread of its own, because gradient mode and the pool of the engine's worker
 * threads belong to a native thread: more Java threads would mean more pools and no more speed.
 */
public final class NativeThread {

  /** What runs first. */
  public enum Priority {
    ANSWER,
    ENCODING,
    /** After all other work, so that closing loses none. */
    STOP
  }

  private record Work(Priority priority, long number, FutureTask<?> task)
      implements Comparable<Work> {

    @Override
    public int compareTo(Work other) {
      int byPriority = priority.compareTo(other.priority);
      return byPriority != 0 ? byPriority : Long.compare(number, other.number);
    }
  }

  private final PriorityBlockingQueue<Work> queue = new PriorityBlockingQueue<>();
  private final AtomicLong numbers = new AtomicLong();
  private @Nullable FutureTask<?> stop;

  public NativeThread() {
    Thread.ofPlatform().name("tensors").daemon().start(this::work);
  }

  private void work() {
    try {
      Work work;
      do {
        work = queue.take();
        work.task.run();
      } while (work.priority != Priority.STOP);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody may interrupt the native thread", e);
    }
  }

  /** Between two steps of encoding: runs the answers that wait. On the native thread only. */
  void runAnswers() {
    Work next = queue.peek();
    while (next != null && next.priority == Priority.ANSWER) {
      queue.remove(next);
      next.task.run();
      next = queue.peek();
    }
  }

  /**
   * Runs work and waits for its result. An interrupt does not end the wait, since the work may use
   * what the caller frees next; the flag is kept.
   *
   * @throws IllegalStateException when the thread was closed
   * @throws RuntimeException what the work threw
   */
  public <T> T call(Priority priority, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    submit(priority, task);
    return await(task);
  }

  /** As {@link #call}, for work without a result. */
  public void run(Priority priority, Runnable work) {
    call(priority, Executors.callable(work));
  }

  /**
   * Runs work that frees memory. When the thread was closed, which frees all of it, waits for that.
   */
  void free(Runnable work) {
    await(submitIfOpen(Priority.ANSWER, new FutureTask<>(Executors.callable(work))));
  }

  private synchronized FutureTask<?> submitIfOpen(Priority priority, FutureTask<?> task) {
    if (stop != null) {
      return stop;
    }
    submit(priority, task);
    return task;
  }

  private synchronized void submit(Priority priority, FutureTask<?> task) {
    if (stop != null) {
      throw new IllegalStateException("the model is closed");
    }
    stop = priority == Priority.STOP ? task : null;
    queue.add(new Work(priority, numbers.getAndIncrement(), task));
  }

  private static <T> T await(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
  }

  /**
   * Lets the queued work end, then runs the last piece of work and stops. A second call waits for
   * the same.
   */
  public void close(Runnable last) {
    await(submitIfOpen(Priority.STOP, new FutureTask<>(Executors.callable(last))));
  }
}

package dev.cairn.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for work on other threads. */
final class Waiting {

  private Waiting() {}

  static <T> T until(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while something was measured", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}

package dev.cairn;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Does the same thing from many threads at the same moment. */
public final class Together {

  private Together() {}

  public static <T> List<T> call(int threads, Callable<T> action) throws Exception {
    return call(IntStream.range(0, threads).mapToObj(i -> action).toList());
  }

  public static <T> List<T> call(List<Callable<T>> actions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.size());
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> results =
          actions.stream()
              .map(
                  action ->
                      executor.submit(
                          () -> {
                            start.await();
                            return action.call();
                          }))
              .toList();
      return results.stream().map(Together::get).toList();
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}

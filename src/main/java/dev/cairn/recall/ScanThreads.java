package dev.cairn.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A few threads that share a scan over many rows. Not a {@link dev.cairn.kernel.Team}: that has one
 * caller at a time, and its threads wait awake, while many questions scan at once, from inside of a
 * team's parts too.
 */
final class ScanThreads implements AutoCloseable {

  /** Fewer rows for each thread than this are not worth its waking up. */
  private static final int MIN_ROWS = 4_096;

  private final int threads;

  private final ExecutorService pool;

  ScanThreads(int threads) {
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("landmark-scan-", 0).factory());
  }

  /** A part of a scan: the rows from {@code from} to before {@code to}. */
  interface Part<T> {
    T scan(int from, int to);
  }

  /** Runs the scan in parts; the results are in the order of the rows. */
  <T> List<T> scan(int rows, Part<T> part) {
    int parts = Math.clamp(rows / MIN_ROWS, 1, threads);
    if (parts == 1) {
      return List.of(part.scan(0, rows));
    }
    List<CompletableFuture<T>> runs = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = bound(rows, i, parts);
      int to = bound(rows, i + 1, parts);
      runs.add(CompletableFuture.supplyAsync(() -> part.scan(from, to), pool));
    }
    return runs.stream().map(ScanThreads::join).toList();
  }

  private static int bound(int rows, int part, int parts) {
    return (int) ((long) rows * part / parts);
  }

  private static <T> T join(CompletableFuture<T> run) {
    try {
      return run.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}

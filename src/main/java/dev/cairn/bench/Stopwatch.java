package dev.cairn.bench;

/** Runs work many times. */
final class Stopwatch {

  private Stopwatch() {}

  /** Seconds of each run, after others that are not counted. */
  static Spread seconds(int warmUps, int runs, Runnable work) {
    for (int i = 0; i < warmUps; i++) {
      work.run();
    }
    double[] seconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      seconds[i] = seconds(work);
    }
    return Spread.of(seconds);
  }

  static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return since(begin);
  }

  static double since(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1e9;
  }
}

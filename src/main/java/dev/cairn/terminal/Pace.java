package dev.cairn.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How quickly work goes, by the last minute of it, and how long the rest will take. */
final class Pace {

  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long LEAST_APART_NANOS = Duration.ofMillis(100).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier nanoTime;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long total;

  private record Sample(long nanos, long done) {}

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    samples.add(new Sample(nanoTime.getAsLong(), 0));
  }

  void reach(long done, long newTotal) {
    total = newTotal;
    Sample sample = new Sample(nanoTime.getAsLong(), done);
    Sample last = samples.getLast();
    if (samples.size() > 1 && sample.nanos - last.nanos < LEAST_APART_NANOS) {
      samples.removeLast();
      sample = new Sample(last.nanos, done);
    }
    samples.addLast(sample);
    while (samples.size() > 2 && sample.nanos - samples.getFirst().nanos > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  long done() {
    return samples.getLast().done;
  }

  long total() {
    return total;
  }

  /** 0 while it cannot be told. */
  double perSecond() {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long nanos = last.nanos - first.nanos;
    return nanos <= 0 ? 0 : (last.done - first.done) * NANOS_PER_SECOND / nanos;
  }

  /** Empty while it cannot be told. */
  Optional<Duration> timeLeft() {
    double rate = perSecond();
    return rate <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds((long) Math.ceil((total - done()) / rate)));
  }
}

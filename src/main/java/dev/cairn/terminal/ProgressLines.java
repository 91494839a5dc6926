package dev.cairn.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Progress where there is no terminal: a line every few seconds, none for what is done sooner. */
final class ProgressLines {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
  private static final double PER_CENT = 100.0;

  private final PrintWriter err;
  private final String task;
  private final String unit;
  private final LongSupplier nanoTime;
  private long printedNanos;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  ProgressLines(PrintWriter err, String task, String unit, LongSupplier nanoTime) {
    this.err = err;
    this.task = task;
    this.unit = unit;
    this.nanoTime = nanoTime;
    this.printedNanos = nanoTime.getAsLong();
  }

  void reach(Pace pace) {
    long now = nanoTime.getAsLong();
    if (now - printedNanos >= INTERVAL_NANOS) {
      printedNanos = now;
      err.println(line(pace));
    }
  }

  private String line(Pace pace) {
    return "%s: %,d of %,d %s (%.0f %%), %,.0f a second, %s left"
        .formatted(
            task,
            pace.done(),
            pace.total(),
            unit,
            pace.done() * PER_CENT / pace.total(),
            pace.perSecond(),
            pace.timeLeft().map(ProgressLines::text).orElse("unknown time"));
  }

  private static String text(Duration time) {
    return time.toHours() > 0
        ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
        : time.toMinutes() > 0
            ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
            : "%d s".formatted(time.toSeconds());
  }
}

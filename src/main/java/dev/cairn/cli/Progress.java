package dev.cairn.cli;

import java.io.Console;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a piece of work is: a bar with speed and time left on a terminal, nothing elsewhere. */
final class Progress implements AutoCloseable {

  private static final int UPDATE_MILLIS = 200;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Countable work.
   *
   * @param unit what is counted, with a leading space
   */
  static Progress of(String task, String unit) {
    return new Progress(onTerminal() ? bar(task).setUnit(unit, 1).showSpeed().build() : null);
  }

  /** Work of which only the time it takes can be shown. */
  static Progress of(String task) {
    return new Progress(onTerminal() ? bar(task).clearDisplayOnFinish().build() : null);
  }

  /**
   * @param total 0 while it is not known
   */
  void reach(long done, long total) {
    if (bar != null && total > 0) {
      bar.maxHint(total).stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private static ProgressBarBuilder bar(String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(-1)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(UPDATE_MILLIS);
  }

  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}

package dev.cairn.terminal;

import java.io.Console;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a piece of work is, with speed and time left: a bar on a terminal, lines elsewhere. */
public final class Progress implements AutoCloseable {

  private static final int UPDATE_MILLIS = 200;

  private final Pace pace = new Pace(System::nanoTime);
  private final @Nullable ProgressBar bar;
  private final @Nullable ProgressLines lines;

  private Progress(@Nullable ProgressBarBuilder bar, @Nullable ProgressLines lines) {
    this.bar = bar == null ? null : bar.setEtaFunction(state -> pace.timeLeft()).build();
    this.lines = lines;
  }

  /**
   * Countable work.
   *
   * @param err takes the lines where there is no terminal
   * @param unit what is counted
   */
  public static Progress of(PrintWriter err, String task, String unit) {
    return onTerminal()
        ? new Progress(bar(task).setUnit(" " + unit, 1).showSpeed(), null)
        : new Progress(null, new ProgressLines(err, task, unit, System::nanoTime));
  }

  /** Work of which only the time it takes can be shown. */
  public static Progress of(String task) {
    return new Progress(onTerminal() ? bar(task).clearDisplayOnFinish() : null, null);
  }

  /**
   * @param total 0 while it is not known
   */
  public void reach(long done, long total) {
    if (total == 0) {
      return;
    }
    pace.reach(done, total);
    if (bar != null) {
      bar.maxHint(total).stepTo(done);
    }
    if (lines != null) {
      lines.reach(pace);
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

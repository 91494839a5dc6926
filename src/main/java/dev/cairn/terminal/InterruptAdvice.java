package dev.cairn.terminal;

import java.io.PrintWriter;

/** Says how to go on when the command is interrupted (Ctrl-C) before this is closed. */
public final class InterruptAdvice implements AutoCloseable {

  private final PrintWriter err;
  private final AtExit atExit;
  private volatile String advice;

  public InterruptAdvice(PrintWriter err, String advice) {
    this.err = err;
    this.advice = advice;
    this.atExit = new AtExit("interrupt-advice", this::print);
  }

  /** From here on, this is how to go on. */
  public void change(String next) {
    advice = next;
  }

  @Override
  public void close() {
    atExit.takeBack();
  }

  private void print() {
    // A progress bar may stand on the line.
    err.println();
    err.println(advice);
  }
}

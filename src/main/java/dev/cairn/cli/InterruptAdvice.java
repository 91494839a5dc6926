package dev.cairn.cli;

import java.io.PrintWriter;

/** Says how to go on when the command is interrupted (Ctrl-C) before this is closed. */
final class InterruptAdvice implements AutoCloseable {

  private final PrintWriter err;
  private final Thread atExit = new Thread(this::print, "interrupt-advice");
  private volatile String advice;

  InterruptAdvice(PrintWriter err, String advice) {
    this.err = err;
    this.advice = advice;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** From here on, this is how to go on. */
  void change(String next) {
    advice = next;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is being interrupted: the advice is printed, which is what it is for.
      return;
    }
  }

  private void print() {
    // A progress bar may stand on the line.
    err.println();
    err.println(advice);
  }
}

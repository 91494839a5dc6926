package dev.cairn.start;

import dev.cairn.terminal.AtExit;
import org.springframework.boot.SpringBootExceptionReporter;

/** What fails in a start because the program is told to end is not worth a word. */
final class StartCutShort implements SpringBootExceptionReporter {

  @Override
  public boolean reportException(Throwable failure) {
    return AtExit.isEnding();
  }
}

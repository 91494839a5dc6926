package dev.cairn.start;

import org.springframework.boot.SpringBootExceptionReporter;

/** What fails in a start because the program is told to end is not worth a word. */
final class StartCutShort implements SpringBootExceptionReporter {

  @Override
  public boolean reportException(Throwable failure) {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}

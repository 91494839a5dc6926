package dev.cairn.cli;

/** What is done when the command is interrupted (Ctrl-C), unless it is taken back before. */
final class AtExit {

  private final Thread hook;

  AtExit(String name, Runnable work) {
    this.hook = new Thread(work, name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * @return false when the command is being interrupted, so that the work is done
   */
  boolean takeBack() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}

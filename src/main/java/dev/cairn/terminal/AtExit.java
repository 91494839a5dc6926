package dev.cairn.terminal;

/** What is done when the command is interrupted (Ctrl-C), unless it is taken back before. */
public final class AtExit {

  private final Thread hook;

  public AtExit(String name, Runnable work) {
    this.hook = new Thread(work, name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the program is being ended. */
  public static boolean isEnding() {
    try {
      return !new AtExit("nothing", () -> {}).takeBack();
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /**
   * @return false when the command is being interrupted, so that the work is done
   */
  public boolean takeBack() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}

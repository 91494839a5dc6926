package dev.cairn.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A folder that is removed when it is closed, also when the command is interrupted (Ctrl-C). */
public final class UnfinishedFolder implements AutoCloseable {

  private static final int TRIES = 100;
  private static final int PAUSE_MILLIS = 10;

  private final Path path;
  private final AtExit atExit;

  /**
   * @param path need not exist
   */
  public UnfinishedFolder(Path path) {
    this.path = path;
    this.atExit = new AtExit("remove-unfinished", this::removeWhileInUse);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (atExit.takeBack()) {
      FileSystemUtils.deleteRecursively(path);
    }
  }

  /** The command goes on meanwhile and may make files until it finds that the folder is gone. */
  private void removeWhileInUse() {
    int timesGone = 0;
    for (int i = 0; i < TRIES && timesGone < 2; i++) {
      timesGone = Files.exists(path) ? 0 : timesGone + 1;
      tryToRemove();
    }
  }

  private void tryToRemove() {
    try {
      FileSystemUtils.deleteRecursively(path);
      Thread.sleep(PAUSE_MILLIS);
    } catch (IOException e) {
      // A file came in between; there is another try.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.cairn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Models as they are published. */
public final class RealModels {

  /** The one that comes with Cairn. */
  public static final Path SHIPPED = Path.of("models/cairn-0.5b");

  private RealModels() {}

  /**
   * A model that no one here made, too large for the repository; without it, a test is skipped.
   *
   * @param property that names its file
   */
  public static Path foreign(String property) {
    Path file = Path.of(System.getProperty(property, ""));
    assumeTrue(Files.isRegularFile(file), "-D" + property + " names no file that is there");
    return file;
  }
}

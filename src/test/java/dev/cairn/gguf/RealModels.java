package dev.cairn.gguf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Models that are too large for the repository, or not wholly in it; without one, a test is
 * skipped.
 */
public final class RealModels {

  private static final String LAST_PART = "model-00003-of-00003.gguf";

  private RealModels() {}

  /** The shipped checkpoint with all parts of its decoder. */
  public static Path shipped() {
    Path folder = Path.of(System.getProperty("cairn.base", "models/cairn-0.5b"));
    assumeTrue(
        Files.exists(folder.resolve(LAST_PART)),
        folder
            + " lacks parts of the decoder: its make_base.py makes them, or -Dcairn.base names"
            + " a folder that has them");
    return folder;
  }

  /**
   * A model that no one here made.
   *
   * @param property that names its file
   */
  public static Path foreign(String property) {
    Path file = Path.of(System.getProperty(property, ""));
    assumeTrue(Files.isRegularFile(file), "-D" + property + " names no file that is there");
    return file;
  }
}

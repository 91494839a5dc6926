package dev.cairn.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command line names, looked at before anything else is done. */
public final class NamedFile {

  private NamedFile() {}

  /** What is wrong with a file, and what to do. */
  public static final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unusable(String form, Path file) {
      super(form.formatted(file));
    }
  }

  /**
   * @throws Unusable when there is neither a file nor a folder
   */
  public static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new Unusable("There is no file or folder %s: check the name and where you are.", path);
    }
    return path;
  }

  /**
   * @throws Unusable when it is missing, a folder or no ordinary file, or may not be read
   */
  public static Path readable(Path file) {
    if (Files.isDirectory(file)) {
      throw new Unusable("%s is a folder: name a file in it.", file);
    }
    if (!Files.isRegularFile(existing(file))) {
      throw new Unusable("%s is no ordinary file: write what it gives to a file first.", file);
    }
    if (!Files.isReadable(file)) {
      throw new Unusable("%s may not be read: its permissions are for somebody else.", file);
    }
    return file;
  }

  /**
   * @throws Unusable also when it holds nothing
   */
  public static Path filled(Path file) throws IOException {
    if (Files.size(readable(file)) == 0) {
      throw new Unusable("%s is empty: there is nothing to read.", file);
    }
    return file;
  }
}

package dev.cairn.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Everything that Cairn keeps lies in one folder. */
public final class DataFolder {

  private DataFolder() {}

  /**
   * Makes the folder when it is absent.
   *
   * @throws RuntimeException with a sentence that says what to do, when a start could not use it
   */
  public static void requireUsable(Environment settings) {
    String data = settings.getProperty("cairn.data", "");
    if (!StringUtils.hasText(data)) {
      throw new DatabaseException("cairn.data is empty: name the folder for Cairn's data.");
    }
    if (isOfOneProcess(settings)) {
      FolderLock.take(Path.of(data)).close();
    } else {
      make(Path.of(data));
    }
  }

  /** Whether the database lies in the folder, so that a lock keeps both to one process. */
  public static boolean isOfOneProcess(Environment settings) {
    return !StringUtils.hasText(settings.getProperty("spring.datasource.url"));
  }

  /**
   * @return the absolute path
   * @throws DatabaseException when it cannot be made, or nothing can be written into it
   */
  static Path make(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
      return folder;
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  static DatabaseException unusable(Path folder, IOException failure) {
    return new DatabaseException(
        "Cairn cannot write into the data folder %s (%s): name another folder with --cairn.data."
            .formatted(folder, cause(failure)),
        failure);
  }

  /** What went wrong, in words. */
  static String cause(IOException failure) {
    if (failure instanceof FileAlreadyExistsException) {
      return "it is a file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = failure instanceof FileSystemException system ? system.getReason() : null;
    return reason == null ? failure.toString() : reason;
  }
}

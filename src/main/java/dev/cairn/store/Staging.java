package dev.cairn.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Where files are written before they are published: on the file system of the store, since a hard
 * link cannot leave it.
 */
final class Staging {

  private final Path folder;

  Staging(Path folder) throws IOException {
    this.folder = folder;
    Folders.create(folder);
    removeWhatIsOlderThanThisProcess();
  }

  private void removeWhatIsOlderThanThisProcess() throws IOException {
    Instant start = ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(start)) {
          Files.delete(file);
        }
      }
    }
  }

  Path newFile() {
    return folder.resolve(UUID.randomUUID().toString());
  }
}

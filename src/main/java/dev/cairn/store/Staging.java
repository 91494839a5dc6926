package dev.cairn.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/**
 * Where files are written before they are published: on the file system of the store, since a hard
 * link cannot leave it. Several processes may share the folder. A file is locked while it is being
 * written, and the system frees the lock of a process that ends in whatever way: so a file without
 * a lock that is older than this process is left over.
 */
final class Staging {

  private final Path folder;

  Staging(Path folder) throws IOException {
    this.folder = folder;
    Folders.create(folder);
    removeLeftOvers();
  }

  private void removeLeftOvers() throws IOException {
    Instant start = ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (isOlder(file, start) && !isBeingWritten(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isOlder(Path file, Instant start) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(start);
    } catch (NoSuchFileException publishedMeanwhile) {
      return false;
    }
  }

  /** Also when that cannot be told. */
  private static boolean isBeingWritten(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (IOException | OverlappingFileLockException e) {
      return true;
    }
  }

  /** Keeps other processes from taking the file for a left-over until the channel is closed. */
  static void lock(FileChannel channel) {
    try {
      channel.tryLock();
    } catch (IOException ignored) {
      // A file system without locks: there no process can tell, so none takes it for a left-over.
    }
  }

  Path newFile() {
    return folder.resolve(UUID.randomUUID().toString());
  }
}

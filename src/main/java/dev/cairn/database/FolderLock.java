package dev.cairn.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a data folder to one process. The system drops the lock when the process ends. */
final class FolderLock implements AutoCloseable {

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @throws DatabaseException when another Cairn uses the folder
   */
  static FolderLock take(Path path) throws IOException {
    Path folder = path.toAbsolutePath().normalize();
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("cairn.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new DatabaseException(
          "Another Cairn uses the data folder %s. Stop it, or start this one with another cairn.data."
              .formatted(folder));
    }
    return new FolderLock(folder, channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The folder that is held. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

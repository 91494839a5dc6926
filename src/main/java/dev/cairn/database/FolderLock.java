package dev.cairn.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a data folder to one process, whose id its file holds. The system drops the lock when the
 * process ends.
 */
final class FolderLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @throws DatabaseException when another Cairn uses the folder, or none can
   */
  static FolderLock take(Path path) {
    Path folder = DataFolder.make(path);
    try {
      return new FolderLock(folder, lock(folder.resolve("cairn.lock")));
    } catch (IOException e) {
      throw DataFolder.unusable(folder, e);
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new DatabaseException(
          "Another Cairn uses the data folder %s (process %s): stop it, or start this one with another --cairn.data."
              .formatted(file.getParent(), Files.readString(file)));
    }
    return sign(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Without room on the disk the lock is as good. */
  private static FileChannel sign(FileChannel channel) {
    byte[] process = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    try {
      channel.truncate(0).write(ByteBuffer.wrap(process));
    } catch (IOException e) {
      LOG.debug("Nobody will know who holds the lock", e);
    }
    return channel;
  }

  /** The folder that is held. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

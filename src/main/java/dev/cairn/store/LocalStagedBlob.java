package dev.cairn.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file in the staging folder. Whatever fails, the file is thrown away and not tried again. */
final class LocalStagedBlob implements StagedBlob {

  /** Makes the file, whose bytes are durable, visible under the key. */
  interface Publisher {
    void publish(Path staged, String key) throws IOException;
  }

  private final Path file;

  private final DiskRoom room;

  private final Publisher publisher;

  private final FileChannel channel;

  private long length;

  private boolean finished;

  LocalStagedBlob(Path file, DiskRoom room, Publisher publisher) throws IOException {
    this.file = file;
    this.room = room;
    this.publisher = publisher;
    this.channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Staging.lock(channel);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = source.remaining();
    try {
      room.require();
      while (source.hasRemaining()) {
        length += channel.write(source);
      }
      return written;
    } catch (IOException e) {
      discard();
      throw e;
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void publish(String key) throws IOException {
    BlobKey.check(key);
    try {
      channel.force(true);
      publisher.publish(file, key);
    } finally {
      discard();
    }
  }

  private void discard() {
    try {
      close();
    } catch (IOException ignored) {
      // What stays in the staging folder is removed at the next start.
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    try (channel) {
      Files.deleteIfExists(file);
    }
  }
}

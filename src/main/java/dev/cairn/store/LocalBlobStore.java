package dev.cairn.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Blobs as files of one folder on a local disk, readable by their owner only. The file system must
 * know hard links. Several processes may share a folder: a publish whose folder another one prunes
 * at that moment fails with an IOException and can be tried again. A key that another key continues
 * after a {@code /} is refused with an IOException: it would have to be a file and a folder.
 *
 * <p>A staged file becomes visible by a hard link, because link(2) fails where a file stands, while
 * rename(2) replaces it. File and folders are forced before a publish or a delete returns.
 */
public final class LocalBlobStore implements BlobStore {

  private final Path root;

  private final Staging staging;

  private final DiskRoom room;

  /** Guards the folders: one that is empty may be removed only while nobody links into it. */
  private final Object folders = new Object();

  /** Of a folder that may take all of its disk. */
  public LocalBlobStore(Path root) throws IOException {
    this(root, () -> {});
  }

  /**
   * Opens the folder, makes it when it is missing, and removes what earlier processes staged and
   * did not publish.
   */
  public LocalBlobStore(Path root, DiskRoom room) throws IOException {
    this.room = room;
    this.root = root.toAbsolutePath().normalize();
    Folders.createDurably(this.root);
    this.staging = new Staging(this.root.resolve(".staging"));
  }

  @Override
  public StagedBlob stage() throws IOException {
    room.require();
    return new LocalStagedBlob(staging.newFile(), room, this::link);
  }

  private void link(Path staged, String key) throws IOException {
    Path file = file(key);
    synchronized (folders) {
      Folders.create(Folders.parent(file));
      try {
        Files.createLink(file, staged);
      } catch (FileAlreadyExistsException e) {
        throw taken(key, file, e);
      }
      forceOrUnlink(file);
    }
  }

  private static IOException taken(String key, Path file, FileAlreadyExistsException cause) {
    return Files.isDirectory(file) ? cause : new BlobExistsException(key);
  }

  private void forceOrUnlink(Path file) throws IOException {
    try {
      Folders.forceUpTo(root, Folders.parent(file));
    } catch (IOException e) {
      unlink(file, e);
      throw e;
    }
  }

  private static void unlink(Path file, IOException cause) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public BlobReader open(String key) throws IOException {
    return openExisting(key, LocalBlobReader::open);
  }

  @Override
  public InputStream stream(String key) throws IOException {
    return openExisting(key, Files::newInputStream);
  }

  private interface Opening<T> {
    T open(Path file) throws IOException;
  }

  private <T> T openExisting(String key, Opening<T> opening) throws IOException {
    if (!exists(key)) {
      throw new BlobMissingException(key);
    }
    try {
      return opening.open(file(key));
    } catch (NoSuchFileException e) {
      throw new BlobMissingException(key);
    }
  }

  @Override
  public boolean exists(String key) {
    return Files.isRegularFile(file(key), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean delete(String key) throws IOException {
    Path file = file(key);
    synchronized (folders) {
      if (!exists(key)) {
        return false;
      }
      Files.delete(file);
      Folders.force(Folders.prune(root, Folders.parent(file)));
      return true;
    }
  }

  @Override
  public Stream<String> list(String prefix) throws IOException {
    String folder = BlobKey.checkPrefix(prefix).substring(0, prefix.lastIndexOf('/') + 1);
    return new BlobWalk(root)
        .keysBelow(root.resolve(folder)).stream().filter(key -> key.startsWith(prefix));
  }

  private Path file(String key) {
    return root.resolve(BlobKey.check(key));
  }
}

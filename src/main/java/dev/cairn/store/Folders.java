package dev.cairn.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Folders that survive a power cut. POSIX makes a new name durable only when the folder that holds
 * it is forced as well (fsync(2)).
 */
final class Folders {

  private Folders() {}

  /** Makes the folder and what is missing above it, for the owner only. */
  static void create(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Makes the folder and forces every name that was missing. */
  static void createDurably(Path folder) throws IOException {
    Path existing = folder;
    while (!Files.isDirectory(existing)) {
      existing = parent(existing);
    }
    create(folder);
    forceUpTo(existing, folder);
  }

  /** Forces the folder and those above it, up to and with the top. */
  static void forceUpTo(Path top, Path folder) throws IOException {
    for (Path each = folder; !each.equals(top); each = parent(each)) {
      force(each);
    }
    force(top);
  }

  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Removes the folder and those above it as long as they are empty, but never the top.
   *
   * @return the lowest one that stays
   */
  static Path prune(Path top, Path folder) throws IOException {
    Path each = folder;
    while (!each.equals(top) && deleteIfEmpty(each)) {
      each = parent(each);
    }
    return each;
  }

  private static boolean deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.delete(folder);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no parent");
    }
    return parent;
  }
}

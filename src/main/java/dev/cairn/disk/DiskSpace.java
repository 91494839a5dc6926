package dev.cairn.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk of the data folder is full. While it is, documents are neither taken in nor
 * encoded, and the reserve is given to the database when it needs it, so that reading, asking and
 * deleting go on. It is full no more once the reserve can be made again and twice the least is free
 * beside it.
 */
public final class DiskSpace {

  private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

  /** More than the rows of one request take. */
  private static final long ONE_REQUEST = 1 << 20;

  private final Path folder;
  private final FileStore disk;
  private final long fullBelow;
  private final DiskReserve reserve;
  private boolean full = true;
  private long usable;
  private long settled;

  private DiskSpace(Path folder, long fullBelow, long reserve) throws IOException {
    this.folder = folder;
    this.disk = Files.getFileStore(folder);
    this.fullBelow = fullBelow;
    this.reserve = new DiskReserve(folder, reserve);
    look();
    if (full) {
      release();
      warn();
    }
  }

  /** Of a folder with a database in it, which finds room to start even where the disk is full. */
  public static DiskSpace ofDatabase(Path folder, DiskSettings settings) throws IOException {
    return new DiskSpace(folder, settings.fullBelow().toBytes(), settings.reserve().toBytes());
  }

  /** Of a folder whose database lies elsewhere: nothing is kept back. */
  public static DiskSpace ofFiles(Path folder, DiskSettings settings) throws IOException {
    return new DiskSpace(folder, settings.fullBelow().toBytes(), 0);
  }

  /** Looks at the disk: a call of the system, of a few microseconds. */
  public synchronized boolean isFull() {
    boolean before = full;
    try {
      look();
    } catch (IOException e) {
      LOG.warn("The room on the disk of {} cannot be told, or not be kept back", folder, e);
    }
    if (full != before) {
      tell();
    }
    return full;
  }

  /**
   * To be asked before bytes of documents are written.
   *
   * @throws IOException when the disk is full, in the words of the system
   */
  public void requireRoom() throws IOException {
    if (isFull()) {
      throw new IOException("No space left on device: the rest is kept for the database");
    }
  }

  /** Gives the reserve back where the rows of a request would find no room. */
  synchronized void lend() {
    if (isFull() && usable < ONE_REQUEST) {
      release();
    }
  }

  /**
   * To be called again and again. The reserve is given back once the disk is full and gets no
   * fuller: before, it would go to whoever fills it.
   */
  synchronized void settle() {
    if (isFull() && usable < fullBelow && usable >= settled) {
      release();
    }
    settled = usable;
  }

  private void release() {
    try {
      reserve.release();
    } catch (IOException e) {
      LOG.warn("The reserve in {} cannot be given back", folder, e);
    }
  }

  private void look() throws IOException {
    usable = measure();
    if (usable < fullBelow) {
      full = true;
    } else if (full && usable - reserve.missing() >= 2 * fullBelow) {
      reserve.hold();
      full = false;
    }
  }

  /** Some file systems of networks do not tell. */
  private long measure() throws IOException {
    long bytes = disk.getUsableSpace();
    return bytes == 0 && disk.getTotalSpace() == 0 ? Long.MAX_VALUE : bytes;
  }

  private void tell() {
    if (full) {
      warn();
    } else {
      LOG.info("The disk of {} has room again: uploads and encoding go on", folder);
    }
  }

  private void warn() {
    LOG.warn(
        "The disk of {} is full: uploads are refused and encoding waits."
            + " Delete documents or give it more room.",
        folder);
  }
}

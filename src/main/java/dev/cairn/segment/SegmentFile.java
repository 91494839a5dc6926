package dev.cairn.segment;

import dev.cairn.store.BlobReader;
import dev.cairn.store.LocalBlobReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A segment file open for reading: its header and its tables in memory, its keys and values read by
 * position. Used by one thread.
 */
public final class SegmentFile implements Closeable {

  private final BlobReader reader;

  private final SegmentHeader header;

  private final SegmentTables tables;

  private SegmentFile(BlobReader reader, SegmentHeader header) throws IOException {
    this.reader = reader;
    this.header = header;
    this.tables = new SegmentTables(header.shape());
    readTables();
  }

  private void readTables() throws IOException {
    try {
      reader.readFully(
          header.offset(SegmentPart.tablesOf(header.shape()).getFirst()), tables.bytes());
    } catch (EOFException e) {
      throw new SegmentCorruptException("the file ends inside of its tables", e);
    }
  }

  /**
   * Opens any segment file to look at it. Only the header's form is checked; {@link #summary()}
   * says what is damaged.
   *
   * @throws SegmentException when it is not a segment file of this version
   */
  public static SegmentFile open(Path file) throws IOException {
    return open(LocalBlobReader.open(file));
  }

  public static SegmentFile open(BlobReader reader) throws IOException {
    try {
      return new SegmentFile(reader, SegmentHeader.read(reader, null));
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * Opens the segment that a manifest row names and checks all but the keys and values, which are
   * checked as they are read. Closes the reader when it fails.
   *
   * @throws SegmentException when the file is not what the manifest says
   */
  public static SegmentFile open(BlobReader reader, SegmentRef expected) throws IOException {
    try {
      SegmentFile file = new SegmentFile(reader, expectedHeader(reader, expected));
      file.tables.check(file.header.crc32c());
      return file;
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static SegmentHeader expectedHeader(BlobReader reader, SegmentRef expected)
      throws IOException {
    if (reader.length() != expected.byteLength()) {
      throw new SegmentCorruptException(
          "the file has %d bytes instead of %d".formatted(reader.length(), expected.byteLength()));
    }
    SegmentHeader header = SegmentHeader.read(reader, expected.headerCrc32c());
    if (!header.identity().equals(SegmentIdentity.of(expected))
        || header.shape().chunks() != expected.chunks()) {
      throw new SegmentCorruptException("the file holds another stretch: " + header.identity());
    }
    return header;
  }

  SegmentShape shape() {
    return header.shape();
  }

  public SegmentTables tables() {
    return tables;
  }

  public SegmentIndex index() {
    return new SegmentIndex(header, tables);
  }

  /** Reads the whole file and says what it is and what of it is damaged. */
  public SegmentSummary summary() throws IOException {
    return new SegmentInspection(header, tables, reader).summary();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

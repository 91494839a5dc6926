package dev.cairn.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All of a segment that is not read chunk by chunk, in memory: the tables and their checksums. */
public final class SegmentTables {

  private final List<SegmentPart> tables;

  private final SegmentShape shape;

  private final ByteBuffer bytes;

  private final Map<SegmentPart, ByteBuffer> parts = new EnumMap<>(SegmentPart.class);

  /** Empty tables of that shape. */
  SegmentTables(SegmentShape shape) {
    this.shape = shape;
    this.tables = SegmentPart.tablesOf(shape);
    this.bytes = ByteBuffer.allocate(Math.toIntExact(byteLength(shape)));
    int offset = 0;
    for (SegmentPart table : tables) {
      put(table, offset);
      offset += (int) table.bytes(shape);
    }
    put(SegmentPart.PART_CRC32C, offset);
  }

  private void put(SegmentPart part, int offset) {
    ByteBuffer slice = bytes.slice(offset, (int) part.bytes(shape));
    parts.put(part, slice.order(ByteOrder.LITTLE_ENDIAN));
  }

  static long byteLength(SegmentShape shape) {
    long length = SegmentPart.PART_CRC32C.bytes(shape);
    for (SegmentPart table : SegmentPart.tablesOf(shape)) {
      length += table.bytes(shape);
    }
    return length;
  }

  /** All bytes, as they stand in the file. */
  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** One part, little-endian. */
  public ByteBuffer part(SegmentPart part) {
    ByteBuffer found = parts.get(part);
    if (found == null) {
      throw new IllegalArgumentException("no part " + part);
    }
    return found.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** One chunk's row of a part, little-endian. */
  public ByteBuffer row(SegmentPart part, int chunk) {
    int length = (int) part.rowBytes(shape);
    return part(part).slice(chunk * length, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the checksums of the header and of all tables. */
  void seal(int headerCrc32c) {
    ByteBuffer checksums = part(SegmentPart.PART_CRC32C).putInt(headerCrc32c);
    tables.forEach(table -> checksums.putInt(Crc32c.of(part(table))));
  }

  boolean isHeaderIntact(int headerCrc32c) {
    return part(SegmentPart.PART_CRC32C).getInt() == headerCrc32c;
  }

  boolean isIntact(SegmentPart table) {
    int checksum =
        part(SegmentPart.PART_CRC32C).getInt((1 + tables.indexOf(table)) * Integer.BYTES);
    return checksum == Crc32c.of(part(table));
  }

  /**
   * @throws SegmentCorruptException when the checksums do not fit
   */
  void check(int headerCrc32c) {
    if (!isHeaderIntact(headerCrc32c)) {
      throw new SegmentCorruptException("the header or its checksum is damaged");
    }
    for (SegmentPart table : tables) {
      if (!isIntact(table)) {
        throw new SegmentCorruptException(table.tensor() + " or its checksum is damaged");
      }
    }
  }
}

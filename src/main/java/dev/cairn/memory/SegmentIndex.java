package dev.cairn.memory;

import java.nio.ByteBuffer;

/** What stays in memory of a verified segment, so that single chunks can be read and checked. */
final class SegmentIndex {

  private final SegmentHeader header;

  private final int[] validTokens;

  private final int[] chunkCrc32c;

  private final int[] placeCrc32c;

  SegmentIndex(SegmentHeader header, SegmentTables tables) {
    this.header = header;
    this.validTokens = column(tables.part(SegmentPart.VALID_TOKENS));
    this.chunkCrc32c = column(tables.part(SegmentPart.CHUNK_CRC32C));
    this.placeCrc32c = column(tables.part(SegmentPart.PLACE_CRC32C));
  }

  private static int[] column(ByteBuffer part) {
    int[] numbers = new int[part.remaining() / Integer.BYTES];
    part.asIntBuffer().get(numbers);
    return numbers;
  }

  SegmentHeader header() {
    return header;
  }

  SegmentShape shape() {
    return header.shape();
  }

  int validTokens(int chunk) {
    return validTokens[chunk];
  }

  boolean isIntact(int chunk, ByteBuffer keysValues) {
    return chunkCrc32c[chunk] == Crc32c.of(keysValues);
  }

  boolean isIntact(int chunk, ByteBuffer ids, ByteBuffer starts, ByteBuffer lengths) {
    return placeCrc32c[chunk] == Crc32c.of(ids, starts, lengths);
  }
}

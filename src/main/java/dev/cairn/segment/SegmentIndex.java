package dev.cairn.segment;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What stays in memory of a verified segment, so that single chunks can be read and checked. */
public final class SegmentIndex {

  private final SegmentHeader header;

  private final int[] validTokens;

  private final int[] chunkCrc32c;

  private final int[] placeCrc32c;

  private final @Nullable MemorySegment headScales;

  SegmentIndex(SegmentHeader header, SegmentTables tables) {
    this.header = header;
    this.headScales =
        SegmentPart.KV_SCALE.isIn(header.shape()) ? copy(tables.part(SegmentPart.KV_SCALE)) : null;
    this.validTokens = column(tables.part(SegmentPart.VALID_TOKENS));
    this.chunkCrc32c = column(tables.part(SegmentPart.CHUNK_CRC32C));
    this.placeCrc32c = column(tables.part(SegmentPart.PLACE_CRC32C));
  }

  /** So that the other tables can be freed. */
  private static MemorySegment copy(ByteBuffer part) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    return MemorySegment.ofArray(bytes).asReadOnly();
  }

  private static int[] column(ByteBuffer part) {
    int[] numbers = new int[part.remaining() / Integer.BYTES];
    part.asIntBuffer().get(numbers);
    return numbers;
  }

  public SegmentHeader header() {
    return header;
  }

  public SegmentShape shape() {
    return header.shape();
  }

  public int validTokens(int chunk) {
    return validTokens[chunk];
  }

  /**
   * The numbers among what {@link SegmentChunks#readKeysValues} read of a chunk, as the shape's
   * layout says.
   */
  public MemorySegment numbers(MemorySegment read) {
    return read.asSlice(0, shape().numberBytes());
  }

  /**
   * The scales of a chunk, as the shape's layout says: of version 1 from memory, else from behind
   * the numbers; null when it has none.
   */
  public @Nullable MemorySegment scales(int chunk, MemorySegment read) {
    if (headScales != null) {
      long bytes = 2L * shape().form().heads() * Float.BYTES;
      return headScales.asSlice(chunk * bytes, bytes);
    }
    return shape().kvFormat().isScaled() ? read.asSlice(shape().numberBytes()) : null;
  }

  boolean isIntact(int chunk, ByteBuffer keysValues) {
    return chunkCrc32c[chunk] == Crc32c.of(keysValues);
  }

  boolean isIntact(int chunk, ByteBuffer ids, ByteBuffer starts, ByteBuffer lengths) {
    return placeCrc32c[chunk] == Crc32c.of(ids, starts, lengths);
  }
}

package dev.cairn.segment;

import java.util.List;

/**
 * What a segment file is, and whether its bytes are those that were written.
 *
 * @param tokens that it holds
 * @param parts header first, then as they lie in the file
 * @param damagedChunks whose keys and values, with fine scales, do not fit their checksum
 */
public record SegmentSummary(
    String format,
    int version,
    SegmentIdentity identity,
    SegmentShape shape,
    long tokens,
    long byteLength,
    List<Part> parts,
    List<Integer> damagedChunks) {

  /** A part of the file; the keys and values, with fine scales, are intact when all chunks are. */
  public record Part(String name, long bytes, boolean intact) {}

  public boolean intact() {
    return parts.stream().allMatch(Part::intact);
  }
}

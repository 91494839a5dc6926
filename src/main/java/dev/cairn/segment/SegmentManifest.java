package dev.cairn.segment;

/**
 * What the catalogue holds of a segment's bytes, to recognise damage.
 *
 * @param byteLength of the file
 * @param sha256 of the file, lower-case hex
 * @param headerCrc32c of the file's header, as an unsigned 32-bit number
 * @param chunks how many it holds
 */
public record SegmentManifest(long byteLength, String sha256, long headerCrc32c, int chunks) {}

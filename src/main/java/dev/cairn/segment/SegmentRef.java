package dev.cairn.segment;

import java.util.UUID;

/**
 * One published segment as its manifest row names it: what the file must be, and what it must hold.
 *
 * @param segmentId the row
 * @param ordinal place of its stretch in the document, from 0
 * @param generation of the encoding it belongs to
 * @param blobKey where the file lies in the blob store
 * @param byteLength of the file
 * @param sha256 of the file, lower-case hex
 * @param headerCrc32c of the file's header, as an unsigned 32-bit number
 * @param chunks how many it holds
 */
public record SegmentRef(
    UUID segmentId,
    UUID tenantId,
    UUID documentId,
    int ordinal,
    String fingerprint,
    int generation,
    String blobKey,
    long byteLength,
    String sha256,
    long headerCrc32c,
    int chunks) {

  /** A file that was written, as a new row names it. */
  public static SegmentRef of(SegmentIdentity identity, SegmentManifest manifest, String key) {
    return new SegmentRef(
        UUID.randomUUID(),
        identity.tenant(),
        identity.document(),
        identity.stretch(),
        identity.fingerprint(),
        identity.generation(),
        key,
        manifest.byteLength(),
        manifest.sha256(),
        manifest.headerCrc32c(),
        manifest.chunks());
  }
}

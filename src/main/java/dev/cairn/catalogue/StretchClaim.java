package dev.cairn.catalogue;

import dev.cairn.segment.SegmentIdentity;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.segment.SegmentRef;
import java.util.UUID;

/**
 * The right to encode one stretch: a fencing token. Publishing is refused once a later claim was
 * made or the encoding moved to another generation.
 *
 * @param ordinal place of the stretch in its document, from 0
 * @param firstToken document token at which it begins
 * @param tokenCount 1 to 1,024 chunks of tokens
 * @param attempt raised by every claim
 */
public record StretchClaim(
    UUID stretchId,
    UUID encodingId,
    UUID documentId,
    UUID tenantId,
    String fingerprint,
    int generation,
    int ordinal,
    long firstToken,
    int tokenCount,
    int attempt) {

  /** What the segment of the stretch says of itself. */
  public SegmentIdentity identity() {
    return new SegmentIdentity(tenantId, documentId, ordinal, fingerprint, generation);
  }

  /** The segment that it publishes. */
  SegmentRef segment(UUID id, SegmentManifest manifest, String blobKey) {
    return new SegmentRef(
        id,
        tenantId,
        documentId,
        ordinal,
        fingerprint,
        generation,
        blobKey,
        manifest.byteLength(),
        manifest.sha256(),
        manifest.headerCrc32c(),
        manifest.chunks());
  }

  /** As an earlier attempt held it. */
  public StretchClaim withAttempt(int attempt) {
    return new StretchClaim(
        stretchId,
        encodingId,
        documentId,
        tenantId,
        fingerprint,
        generation,
        ordinal,
        firstToken,
        tokenCount,
        attempt);
  }
}

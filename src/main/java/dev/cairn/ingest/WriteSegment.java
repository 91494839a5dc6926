package dev.cairn.ingest;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.StaleClaimException;
import dev.cairn.catalogue.StretchClaim;
import dev.cairn.catalogue.Stretches;
import dev.cairn.job.StopSignal;
import dev.cairn.segment.Fingerprint;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.store.BlobStore;
import dev.cairn.store.StagedBlob;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * Makes the segment of a claimed stretch: encoded into a staged file, made durable under a name of
 * this attempt alone, and then entered into the manifest, from which moment it exists.
 */
@Component
class WriteSegment {

  private final BlobStore store;
  private final Stretches stretches;
  private final EncodeBlocks encodeBlocks;
  private final Fingerprint fingerprint;

  WriteSegment(
      BlobStore store, Stretches stretches, EncodeBlocks encodeBlocks, Fingerprint fingerprint) {
    this.store = store;
    this.stretches = stretches;
    this.encodeBlocks = encodeBlocks;
    this.fingerprint = fingerprint;
  }

  /**
   * @throws StaleClaimException when the work is no longer wanted; nothing of it is left then
   */
  void write(StretchClaim claim, StopSignal stop) throws IOException {
    removeEarlierAttempts(claim);
    String tokensKey = BlobKeys.tokens(claim.tenantId(), claim.documentId(), fingerprint);
    try (StagedBlob segment = store.stage();
        TokenFile tokens = TokenFile.open(store, tokensKey)) {
      SegmentManifest manifest = encodeBlocks.encode(claim, tokens, segment, stop);
      publish(claim, segment, manifest);
    }
  }

  /** What an attempt left whose worker died before the manifest named it. */
  private void removeEarlierAttempts(StretchClaim claim) throws IOException {
    for (int attempt = 1; attempt < claim.attempt(); attempt++) {
      store.delete(BlobKeys.segment(claim.withAttempt(attempt)));
    }
  }

  private void publish(StretchClaim claim, StagedBlob segment, SegmentManifest manifest)
      throws IOException {
    String key = BlobKeys.segment(claim);
    segment.publish(key);
    try {
      stretches.publish(claim, manifest, key);
    } catch (StaleClaimException e) {
      store.delete(key);
      throw e;
    }
  }
}

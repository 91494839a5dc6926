package dev.cairn.catalogue;

import dev.cairn.segment.Fingerprint;
import dev.cairn.segment.SegmentManifest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The units of work of encodings. A stretch is published by its latest claim or not at all, however
 * many workers hold one.
 */
@Service
public class Stretches {

  private final EncodingRows encodings;
  private final StretchRows rows;
  private final Publication publication;
  private final Fingerprint fingerprint;
  private final Reclaimer reclaimer;

  Stretches(
      EncodingRows encodings,
      StretchRows rows,
      Publication publication,
      Fingerprint fingerprint,
      Reclaimer reclaimer) {
    this.encodings = encodings;
    this.rows = rows;
    this.publication = publication;
    this.fingerprint = fingerprint;
    this.reclaimer = reclaimer;
  }

  /**
   * Stretches that need a job: so many that each tenant has at most the limit enqueued, those of
   * short documents and of such that have waited long first.
   */
  @Transactional(readOnly = true)
  public List<UUID> toEnqueue(int limitPerTenant) {
    return rows.toEnqueue(fingerprint.sha256(), limitPerTenant);
  }

  /** Notes that the stretches have their job. */
  public void enqueued(Collection<UUID> stretchIds) {
    rows.markEnqueued(stretchIds);
  }

  /**
   * The right to encode a stretch; voids all earlier claims of it. Empty when there is nothing to
   * do: it is published, deleted, ended, or of a fingerprint that is not loaded. It may be enqueued
   * again then.
   */
  @Transactional
  public Optional<StretchClaim> claim(UUID stretchId) {
    if (encodings.beginStretch(stretchId, fingerprint.sha256()) == 0
        || rows.raiseAttempt(stretchId) == 0) {
      rows.markNotEnqueued(stretchId);
      return Optional.empty();
    }
    return Optional.of(rows.claimOf(stretchId));
  }

  /**
   * Notes how far a stretch is.
   *
   * @param tokensEncoded of the stretch, so far
   * @throws StaleClaimException when the work is no longer wanted
   */
  @Transactional
  public void progress(StretchClaim claim, int tokensEncoded) {
    if (encodings.keepActive(claim.encodingId(), claim.generation()) == 0
        || rows.progress(claim.stretchId(), claim.attempt(), tokensEncoded) == 0) {
      throw new StaleClaimException(claim);
    }
  }

  /**
   * Commits a durable segment to the manifest; with the last one the encoding is READY.
   *
   * @throws StaleClaimException when the claim was voided or the encoding ended; the caller then
   *     deletes the blob
   */
  public void publish(StretchClaim claim, SegmentManifest manifest, String blobKey) {
    boolean supersedes = publication.commit(claim, manifest, blobKey);
    if (supersedes) {
      reclaimer.reclaim();
    }
  }
}

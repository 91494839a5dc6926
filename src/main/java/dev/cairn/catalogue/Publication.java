package dev.cairn.catalogue;

import dev.cairn.segment.SegmentManifest;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The transaction that makes a segment part of its encoding. */
@Component
class Publication {

  private final EncodingRows encodings;
  private final StretchRows stretches;
  private final SegmentRows segments;
  private final Ids ids;
  private final ApplicationEventPublisher events;

  Publication(
      EncodingRows encodings,
      StretchRows stretches,
      SegmentRows segments,
      Ids ids,
      ApplicationEventPublisher events) {
    this.encodings = encodings;
    this.stretches = stretches;
    this.segments = segments;
    this.ids = ids;
    this.events = events;
  }

  /**
   * @return whether earlier generations became superfluous
   */
  @Transactional
  boolean commit(StretchClaim claim, SegmentManifest manifest, String blobKey) {
    UUID id = ids.next();
    if (encodings.keepActive(claim.encodingId(), claim.generation()) == 0
        || stretches.progress(claim.stretchId(), claim.attempt(), claim.tokenCount()) == 0
        || segments.insert(id, claim, manifest, blobKey) == 0) {
      throw new StaleClaimException(claim);
    }
    encodings.countPublished(claim.encodingId(), manifest.byteLength());
    events.publishEvent(new SegmentPublished(claim.segment(id, manifest, blobKey)));
    return encodings.evictBefore(claim.encodingId()) > 0;
  }
}

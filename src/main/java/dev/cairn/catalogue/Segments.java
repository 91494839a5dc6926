package dev.cairn.catalogue;

import dev.cairn.segment.Fingerprint;
import dev.cairn.segment.SegmentRef;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The published segments of encodings. */
@Service
public class Segments {

  private final SegmentRows rows;
  private final Fingerprint fingerprint;

  Segments(SegmentRows rows, Fingerprint fingerprint) {
    this.rows = rows;
    this.fingerprint = fingerprint;
  }

  /** Those of some encodings, each encoding's in order. */
  @Transactional(readOnly = true)
  public List<SegmentRef> ofEncodings(Collection<UUID> encodings) {
    return rows.ofEncodings(encodings);
  }

  /** Those of encodings that are READY, or still on the way, under the loaded fingerprint. */
  @Transactional(readOnly = true)
  public List<SegmentRef> live() {
    return rows.live(fingerprint.sha256());
  }

  /** Which of some segments are live, under any fingerprint. */
  @Transactional(readOnly = true)
  public Set<UUID> liveAmong(Collection<UUID> segments) {
    return rows.liveAmong(segments);
  }
}

package dev.cairn.ingest;

import dev.cairn.catalogue.Encodings;
import dev.cairn.catalogue.StaleClaimException;
import dev.cairn.catalogue.StretchClaim;
import dev.cairn.catalogue.Stretches;
import dev.cairn.job.Job;
import dev.cairn.job.StopSignal;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The job that encodes one stretch and publishes its segment. Its claim is a fencing token: what an
 * attempt made that another one overtook, or whose document was deleted, is thrown away.
 */
@Component
class EncodeStretch implements Job {

  static final String NAME = "encode";

  private static final Logger LOG = LoggerFactory.getLogger(EncodeStretch.class);

  private final Stretches stretches;
  private final Encodings encodings;
  private final WriteSegment writeSegment;
  private final Planner planner;
  private final IngestSettings settings;

  EncodeStretch(
      Stretches stretches,
      Encodings encodings,
      WriteSegment writeSegment,
      Planner planner,
      IngestSettings settings) {
    this.stretches = stretches;
    this.encodings = encodings;
    this.writeSegment = writeSegment;
    this.planner = planner;
    this.settings = settings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int threads() {
    return settings.workers();
  }

  @Override
  public void run(UUID stretchId, StopSignal stop) throws IOException {
    Optional<StretchClaim> claim = stretches.claim(stretchId);
    if (claim.isPresent()) {
      encode(claim.get(), stop);
    }
    planner.enqueueStretches();
  }

  private void encode(StretchClaim claim, StopSignal stop) throws IOException {
    try {
      writeSegment.write(claim, stop);
    } catch (StaleClaimException e) {
      LOG.info("Dropped the work: {}", e.getMessage());
    }
  }

  @Override
  public void gaveUp(UUID stretchId, String reason) {
    stretches.claim(stretchId).ifPresent(claim -> fail(claim, reason));
  }

  private void fail(StretchClaim claim, String reason) {
    encodings.fail(
        claim.encodingId(),
        "Stretch %d could not be encoded (%s): have the document encoded again."
            .formatted(claim.ordinal(), reason));
  }
}

package dev.cairn.catalogue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One document under one fingerprint; a re-encode is a new generation.
 *
 * @param stretches how many stretches it has
 * @param stretchesPublished how many of them are stored; only grows within a generation
 * @param tokensEncoded tokens done, those of unfinished stretches too; only grows likewise
 * @param bytesStored bytes of the stored segments
 */
public record Encoding(
    UUID id,
    UUID documentId,
    String fingerprint,
    int generation,
    State state,
    int stretches,
    int stretchesPublished,
    long tokensEncoded,
    long bytesStored,
    @Nullable String failureDetail,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /**
   * QUEUED to ENCODING to READY; EVICTED, CORRUPT, CANCELLED and FAILED are ends that a new
   * generation follows.
   */
  public enum State {
    QUEUED,
    ENCODING,
    READY,
    EVICTED,
    CORRUPT,
    CANCELLED,
    FAILED;

    boolean isUnderWay() {
      return this == QUEUED || this == ENCODING;
    }
  }
}

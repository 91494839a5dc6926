package dev.cairn.catalogue;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "encoding")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class EncodingRow {

  private static final double NANOS_PER_SECOND = 1e9;

  @Id private UUID id;
  private UUID tenantId;
  private UUID documentId;
  private String fingerprint;
  private int generation;

  @Enumerated(EnumType.STRING)
  private Encoding.State state;

  private int stretches;
  private int stretchesPublished;
  private long bytesStored;
  private @Nullable String failureDetail;
  private Instant createdAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Instant measuredFrom;
  private long measuredTokens;
  private @Nullable Instant activeAt;

  @Formula("(select coalesce(sum(s.tokens_encoded), 0) from stretch s where s.encoding_id = id)")
  private long tokensEncoded;

  /** While it is being encoded; null before anything was measured. */
  @Nullable Double tokensPerSecond() {
    if (state != Encoding.State.ENCODING || measuredFrom == null || activeAt == null) {
      return null;
    }
    long nanos = Duration.between(measuredFrom, activeAt).toNanos();
    long done = tokensEncoded - measuredTokens;
    return nanos > 0 && done > 0 ? done * NANOS_PER_SECOND / nanos : null;
  }

  Encoding toEncoding() {
    return new Encoding(
        id,
        documentId,
        fingerprint,
        generation,
        state,
        stretches,
        stretchesPublished,
        tokensEncoded,
        bytesStored,
        failureDetail,
        createdAt,
        startedAt,
        finishedAt);
  }
}

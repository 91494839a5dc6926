package dev.cairn.catalogue;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "encoding")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class EncodingRow {

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

  @Formula("(select coalesce(sum(s.tokens_encoded), 0) from stretch s where s.encoding_id = id)")
  private long tokensEncoded;

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

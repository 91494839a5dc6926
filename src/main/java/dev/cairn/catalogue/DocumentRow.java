package dev.cairn.catalogue;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "document")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class DocumentRow {

  @Id private UUID id;
  private UUID tenantId;
  private String sha256;
  private String mediaType;
  private long byteLength;

  @Enumerated(EnumType.STRING)
  private Document.State state;

  private @Nullable String failureCode;
  private @Nullable String failureDetail;
  private @Nullable String charset;
  private long characters;
  private long tokens;
  private @Nullable String tokenizerSha256;
  private Instant createdAt;

  /** Its tokens are those of the tokenizer. */
  boolean isTokenizedBy(String sha256OfTokenizer) {
    return state == Document.State.EXTRACTED && sha256OfTokenizer.equals(tokenizerSha256);
  }

  Document toDocument() {
    return new Document(
        id,
        tenantId,
        sha256,
        mediaType,
        byteLength,
        state,
        failureCode,
        failureDetail,
        charset,
        characters,
        tokens,
        createdAt);
  }
}

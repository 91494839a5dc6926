package dev.cairn.catalogue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Uploaded bytes, unique by tenant, SHA-256 and media type, and the text extracted from them.
 *
 * @param sha256 of the bytes, lower-case hex
 * @param failureCode stable code of why extraction failed, or null
 * @param charset the encoding that the bytes were read in, once extracted
 * @param characters code points of the extracted text; 0 before extraction
 * @param tokens of the extracted text; 0 before extraction
 */
public record Document(
    UUID id,
    UUID tenantId,
    String sha256,
    String mediaType,
    long byteLength,
    State state,
    @Nullable String failureCode,
    @Nullable String failureDetail,
    @Nullable String charset,
    long characters,
    long tokens,
    Instant createdAt) {

  /** UPLOADED to EXTRACTING to EXTRACTED or FAILED. */
  public enum State {
    UPLOADED,
    EXTRACTING,
    EXTRACTED,
    FAILED
  }
}

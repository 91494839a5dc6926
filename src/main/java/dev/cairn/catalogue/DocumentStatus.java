package dev.cairn.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document as a caller sees it; what is not known yet is left out.
 *
 * @param bytes that were uploaded
 * @param state the stage as a constant; READY once all of it is encoded
 * @param percent of the tokens that are encoded
 * @param tokensPerSecond at which it is being encoded
 * @param secondsLeft until it is encoded, at that rate
 * @param characters code points of the text
 * @param chunks into which its tokens are cut
 * @param bytesStored of its segments
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentStatus(
    UUID id,
    String sha256,
    String mediaType,
    long bytes,
    String state,
    DocumentStage stage,
    int percent,
    @Nullable Double tokensPerSecond,
    @Nullable Long secondsLeft,
    long characters,
    long tokens,
    long chunks,
    long bytesStored,
    @Nullable String charset,
    @Nullable Failure failure,
    @Nullable CurrentEncoding encoding,
    Instant createdAt) {

  /**
   * Why there is no text or no encoding, or why a document that is under way waits.
   *
   * @param detail a sentence that says what to do
   */
  public record Failure(String code, String detail) {}

  /** The newest generation under the loaded fingerprint. */
  public record CurrentEncoding(String fingerprint, int generation, Encoding.State state) {}
}

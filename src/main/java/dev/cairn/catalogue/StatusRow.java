package dev.cairn.catalogue;

import dev.cairn.segment.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document beside its newest generation under the loaded fingerprint.
 *
 * @param encodingState null when there is none
 * @param measuredTokens done at {@code measuredFrom}; the rate is taken from there to {@code
 *     activeAt}
 * @param encodedOtherwise whether it has an encoding under another fingerprint
 * @param readableEncoding the newest generation that is READY, or null
 */
public record StatusRow(
    Fingerprint fingerprint,
    Document document,
    int generation,
    Encoding.@Nullable State encodingState,
    @Nullable String encodingFailure,
    long tokensEncoded,
    long bytesStored,
    @Nullable Instant measuredFrom,
    long measuredTokens,
    @Nullable Instant activeAt,
    boolean encodedOtherwise,
    @Nullable UUID readableEncoding) {

  private static final int ALL = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  static StatusRow read(ResultSet row, Fingerprint fingerprint) throws SQLException {
    String state = row.getString("encoding_state");
    return new StatusRow(
        fingerprint,
        document(row),
        row.getInt("generation"),
        state == null ? null : Encoding.State.valueOf(state),
        row.getString("encoding_failure"),
        row.getLong("tokens_encoded"),
        row.getLong("bytes_stored"),
        time(row, "measured_from"),
        row.getLong("measured_tokens"),
        time(row, "active_at"),
        row.getBoolean("encoded_otherwise"),
        row.getObject("readable_encoding", UUID.class));
  }

  private static Document document(ResultSet row) throws SQLException {
    return new Document(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        row.getString("sha256"),
        row.getString("media_type"),
        row.getLong("byte_length"),
        Document.State.valueOf(row.getString("state")),
        row.getString("failure_code"),
        row.getString("failure_detail"),
        row.getString("charset"),
        row.getLong("characters"),
        row.getLong("tokens"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  public DocumentStage stage() {
    if (encodingState != null) {
      return DocumentStage.valueOf(encodingState.name());
    }
    return switch (document.state()) {
      case UPLOADED -> DocumentStage.UPLOADED;
      case EXTRACTING -> DocumentStage.EXTRACTING;
      case FAILED -> DocumentStage.FAILED;
      case EXTRACTED -> encodedOtherwise ? DocumentStage.STALE : DocumentStage.QUEUED;
    };
  }

  public int percent() {
    if (encodingState == Encoding.State.READY) {
      return ALL;
    }
    return document.tokens() == 0
        ? 0
        : (int) Math.min(ALL - 1, ALL * tokensEncoded / document.tokens());
  }

  public DocumentStatus toStatus() {
    Double rate = tokensPerSecond();
    return new DocumentStatus(
        document.id(),
        document.sha256(),
        document.mediaType(),
        document.byteLength(),
        document.state(),
        stage(),
        percent(),
        rate,
        rate == null ? null : Math.round((document.tokens() - tokensEncoded) / rate),
        document.characters(),
        document.tokens(),
        Math.ceilDiv(document.tokens(), fingerprint.chunkTokens()),
        bytesStored,
        document.charset(),
        failure(),
        encodingState == null
            ? null
            : new DocumentStatus.CurrentEncoding(fingerprint.sha256(), generation, encodingState),
        document.createdAt());
  }

  private @Nullable Double tokensPerSecond() {
    if (encodingState != Encoding.State.ENCODING || measuredFrom == null || activeAt == null) {
      return null;
    }
    long nanos = Duration.between(measuredFrom, activeAt).toNanos();
    long done = tokensEncoded - measuredTokens;
    return nanos > 0 && done > 0 ? done * NANOS_PER_SECOND / nanos : null;
  }

  private DocumentStatus.@Nullable Failure failure() {
    if (document.failureCode() != null && document.failureDetail() != null) {
      return new DocumentStatus.Failure(document.failureCode(), document.failureDetail());
    }
    return encodingFailure == null
        ? null
        : new DocumentStatus.Failure("encoding_" + stage().json(), encodingFailure);
  }
}

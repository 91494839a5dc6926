package dev.cairn.catalogue;

import dev.cairn.problem.ProblemCode;
import dev.cairn.segment.Fingerprint;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far a document is under the loaded fingerprint. */
public final class DocumentProgress {

  /**
   * JPQL that selects the progress of the document {@code d}, for a query that has {@link #JOINED}
   * in its from clause.
   */
  public static final String SELECTED =
      """
      new dev.cairn.catalogue.DocumentProgress(d, e,
        (select coalesce(sum(stored.bytesStored), 0) from EncodingRow stored
          where stored.documentId = d.id),
        exists (select 1 from EncodingRow other
          where other.documentId = d.id and other.fingerprint <> :fingerprint),
        (select ready.id from EncodingRow ready
          where ready.documentId = d.id and ready.fingerprint = :fingerprint and ready.state = READY
          order by ready.generation desc limit 1))
      """;

  /** JPQL that joins a document's newest generation under the parameter {@code fingerprint}. */
  public static final String JOINED =
      """
       left join EncodingRow e
        on e.documentId = d.id and e.fingerprint = :fingerprint
        and e.generation = (select max(newest.generation) from EncodingRow newest
          where newest.documentId = d.id and newest.fingerprint = :fingerprint)
      """;

  private static final int ALL = 100;

  private static final DocumentStatus.Failure WAITS_FOR_ROOM =
      new DocumentStatus.Failure(
          ProblemCode.DISK_FULL.json(),
          "The disk of the service is full: delete documents or give it more room, and encoding"
              + " goes on.");

  private final Document document;
  private final @Nullable Encoding encoding;
  private final @Nullable Double tokensPerSecond;
  private final long bytesStored;
  private final boolean encodedOtherwise;
  private final @Nullable UUID readableEncoding;

  /**
   * @param encoding its newest generation, or null
   * @param encodedOtherwise whether it has an encoding under another fingerprint
   * @param readableEncoding the newest generation that is READY, or null
   */
  DocumentProgress(
      DocumentRow document,
      @Nullable EncodingRow encoding,
      long bytesStored,
      boolean encodedOtherwise,
      @Nullable UUID readableEncoding) {
    this.document = document.toDocument();
    this.encoding = encoding == null ? null : encoding.toEncoding();
    this.tokensPerSecond = encoding == null ? null : encoding.tokensPerSecond();
    this.bytesStored = bytesStored;
    this.encodedOtherwise = encodedOtherwise;
    this.readableEncoding = readableEncoding;
  }

  /** Of the text. */
  public long tokens() {
    return document.tokens();
  }

  /** What questions read of it, or null. */
  public @Nullable UUID readableEncoding() {
    return readableEncoding;
  }

  public DocumentStage stage() {
    if (encoding != null) {
      return DocumentStage.valueOf(encoding.state().name());
    }
    return switch (document.state()) {
      case UPLOADED -> DocumentStage.UPLOADED;
      case EXTRACTING -> DocumentStage.EXTRACTING;
      case FAILED -> DocumentStage.FAILED;
      case EXTRACTED -> encodedOtherwise ? DocumentStage.STALE : DocumentStage.QUEUED;
    };
  }

  public int percent() {
    if (stage() == DocumentStage.READY) {
      return ALL;
    }
    return tokens() == 0 ? 0 : (int) Math.min(ALL - 1, ALL * tokensEncoded() / tokens());
  }

  private long tokensEncoded() {
    return encoding == null ? 0 : encoding.tokensEncoded();
  }

  /**
   * As a caller sees it.
   *
   * @param diskFull whether extraction and encoding wait for room
   */
  public DocumentStatus toStatus(Fingerprint loaded, boolean diskFull) {
    return new DocumentStatus(
        document.id(),
        document.sha256(),
        document.mediaType(),
        document.byteLength(),
        stage().name(),
        stage(),
        percent(),
        tokensPerSecond,
        tokensPerSecond == null ? null : Math.round((tokens() - tokensEncoded()) / tokensPerSecond),
        document.characters(),
        tokens(),
        Math.ceilDiv(tokens(), loaded.chunkTokens()),
        bytesStored,
        document.charset(),
        diskFull && stage().isUnderWay() ? WAITS_FOR_ROOM : failure(),
        currentEncoding(),
        document.createdAt());
  }

  private DocumentStatus.@Nullable Failure failure() {
    if (document.failureCode() != null && document.failureDetail() != null) {
      return new DocumentStatus.Failure(document.failureCode(), document.failureDetail());
    }
    return encoding == null || encoding.failureDetail() == null
        ? null
        : new DocumentStatus.Failure("encoding_" + stage().json(), encoding.failureDetail());
  }

  private DocumentStatus.@Nullable CurrentEncoding currentEncoding() {
    return encoding == null
        ? null
        : new DocumentStatus.CurrentEncoding(
            encoding.fingerprint(), encoding.generation(), encoding.state());
  }
}

package dev.cairn.recall;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.segment.SegmentException;
import dev.cairn.segment.SegmentRef;
import dev.cairn.store.BlobMissingException;
import java.util.UUID;

/** A segment that a question needs cannot be read. */
public final class UnreadableSegmentException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final UUID documentId;

  private final String title;

  private final UUID segmentId;

  UnreadableSegmentException(VisibleDocument document, SegmentRef segment, Throwable cause) {
    super(
        "segment %d of document %s (\"%s\") cannot be read: %s"
            .formatted(
                segment.ordinal(), document.documentId(), document.title(), cause.getMessage()),
        cause);
    this.documentId = document.documentId();
    this.title = document.title();
    this.segmentId = segment.segmentId();
  }

  public UUID documentId() {
    return documentId;
  }

  /** The document's title in the corpus that was asked. */
  public String title() {
    return title;
  }

  public UUID segmentId() {
    return segmentId;
  }

  /**
   * Whether the file itself is at fault, so that only encoding again helps; else reading it failed
   * and may succeed later.
   */
  public boolean isDamaged() {
    return getCause() instanceof SegmentException || getCause() instanceof BlobMissingException;
  }
}

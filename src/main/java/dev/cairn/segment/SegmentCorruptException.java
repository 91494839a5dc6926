package dev.cairn.segment;

/** The bytes are not those that were written, not a segment at all, or those of another stretch. */
public final class SegmentCorruptException extends SegmentException {

  private static final long serialVersionUID = 1;

  SegmentCorruptException(String message) {
    super(message);
  }

  SegmentCorruptException(String message, Throwable cause) {
    super(message, cause);
  }
}

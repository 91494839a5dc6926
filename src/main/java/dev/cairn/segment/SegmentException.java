package dev.cairn.segment;

/** A segment file that cannot be used: damaged, or of a format version that is not read. */
public abstract sealed class SegmentException extends RuntimeException
    permits SegmentCorruptException, SegmentTooOldException, SegmentTooNewException {

  private static final long serialVersionUID = 1;

  SegmentException(String message) {
    super(message);
  }

  SegmentException(String message, Throwable cause) {
    super(message, cause);
  }
}

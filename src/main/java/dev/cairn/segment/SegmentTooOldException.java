package dev.cairn.segment;

/** The file has a format version that this program no longer reads. */
public final class SegmentTooOldException extends SegmentException {

  private static final long serialVersionUID = 1;

  SegmentTooOldException(int version) {
    super(
        "the segment has format version %d; versions before %d are no longer read: encode the document again"
            .formatted(version, SegmentShape.OLDEST_VERSION));
  }
}

package dev.cairn.segment;

/** The file was written by a newer program. */
public final class SegmentTooNewException extends SegmentException {

  private static final long serialVersionUID = 1;

  SegmentTooNewException(int version) {
    super(
        "the segment has format version %d; this program reads up to %d: use a newer program, or encode the document again"
            .formatted(version, SegmentShape.NEWEST_VERSION));
  }
}

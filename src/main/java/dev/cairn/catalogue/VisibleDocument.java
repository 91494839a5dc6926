package dev.cairn.catalogue;

import dev.cairn.segment.SegmentRef;
import java.util.List;
import java.util.UUID;

/**
 * A document that a question reads: its encoding is READY under the loaded fingerprint, so no
 * segment of it is missing.
 *
 * @param title its title in the corpus through which it is asked
 * @param tokens of its text
 * @param segments all of them, by ordinal
 */
public record VisibleDocument(
    UUID documentId, String title, long tokens, List<SegmentRef> segments) {

  public VisibleDocument {
    segments = List.copyOf(segments);
    for (int i = 0; i < segments.size(); i++) {
      SegmentRef segment = segments.get(i);
      if (segment.ordinal() != i || !segment.documentId().equals(documentId)) {
        throw new IllegalArgumentException("segment %d is not here: %s".formatted(i, segment));
      }
    }
  }
}

package dev.cairn.memory;

import java.util.List;
import java.util.UUID;

/**
 * A document that a question reads: its encoding is READY under the loaded fingerprint.
 *
 * @param title its title in the corpus through which it is asked
 * @param tokens of its text
 * @param segments all of them, by ordinal
 */
public record VisibleDocument(
    UUID documentId, String title, long tokens, List<SegmentRef> segments) {

  public VisibleDocument {
    segments = List.copyOf(segments);
  }
}

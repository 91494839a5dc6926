package dev.cairn.corpus;

import dev.cairn.catalogue.DocumentProgress;
import java.time.Instant;
import java.util.UUID;

/**
 * A membership, and how far its document is.
 *
 * @param metadata as JSON
 */
record Member(
    UUID id,
    UUID documentId,
    String title,
    String metadata,
    Instant addedAt,
    DocumentProgress progress) {

  /** What the first page of members begins after. */
  static final UUID BEFORE_ALL = new UUID(0, 0);
}

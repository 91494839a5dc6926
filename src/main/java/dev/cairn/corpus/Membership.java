package dev.cairn.corpus;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A document in a corpus, under a title. */
public record Membership(
    UUID id,
    UUID corpusId,
    UUID documentId,
    String title,
    Map<String, Object> metadata,
    Instant createdAt) {}

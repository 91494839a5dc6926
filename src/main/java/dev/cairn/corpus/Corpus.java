package dev.cairn.corpus;

import java.time.Instant;
import java.util.UUID;

/** A named set of memberships. */
public record Corpus(UUID id, UUID tenantId, String slug, Instant createdAt) {}

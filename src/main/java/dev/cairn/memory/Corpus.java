package dev.cairn.memory;

import java.time.Instant;
import java.util.UUID;

/** A named set of memberships. */
public record Corpus(UUID id, UUID tenantId, String slug, Instant createdAt) {}

package dev.cairn.corpus;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cairn.catalogue.DocumentStatus;
import java.time.Instant;
import java.util.Map;

/** A document in a corpus as a caller sees it; in JSON the document's fields stand beside these. */
public record MembershipStatus(
    String corpus,
    String title,
    Map<String, Object> metadata,
    Instant addedAt,
    @JsonUnwrapped DocumentStatus document) {}

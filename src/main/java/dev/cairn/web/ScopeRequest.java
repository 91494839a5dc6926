package dev.cairn.web;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a question is to read, as a caller sends it.
 *
 * @param corpora slugs; the documents of all of them are read, each once
 * @param documents ids; only these are read
 * @param metadata only documents are read whose metadata holds these values
 * @param unknown fields that no scope has
 */
record ScopeRequest(
    @Nullable List<@Nullable String> corpora,
    @Nullable List<@Nullable UUID> documents,
    @Nullable Map<String, @Nullable Object> metadata,
    @Schema(hidden = true) @JsonAnySetter @Nullable Map<String, Object> unknown) {}

package dev.cairn.web;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A question as a caller sends it.
 *
 * @param question in plain text
 * @param retrieval what chunks are chosen by, see {@code answer.RetrievalMode}; absent, the
 *     server's choice
 * @param maxTokens tokens of the answer, at most
 * @param temperature 0 takes the likeliest token each time
 * @param topP draws from the likeliest tokens of this share only; of no effect at temperature 0
 * @param seed makes the draws repeatable; of no effect at temperature 0
 * @param stop strings before which the answer ends
 * @param deadline of the answer from the question's arrival: an ISO-8601 duration, or milliseconds
 * @param conversation what was said before, the oldest first
 * @param minEvidence an answer with less becomes an abstention; -1 takes every answer
 * @param trace whether the answer tells what each of its tokens read
 * @param scope which corpora or documents are read; on a corpus, only to narrow it
 * @param unknown fields that no question has
 */
public record QuestionRequest(
    @Nullable String question,
    @Nullable String retrieval,
    @JsonDeserialize(using = NearestInt.class) @Nullable Integer maxTokens,
    @Nullable Float temperature,
    @Nullable Float topP,
    @Nullable Long seed,
    @Nullable List<@Nullable String> stop,
    @Schema(types = {"string", "integer"}) @Nullable Object deadline,
    @Nullable List<@Nullable TurnRequest> conversation,
    @Nullable Double minEvidence,
    @Nullable Boolean trace,
    @Nullable ScopeRequest scope,
    @Schema(hidden = true) @JsonAnySetter @Nullable Map<String, Object> unknown) {}

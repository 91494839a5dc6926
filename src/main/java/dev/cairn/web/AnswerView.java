package dev.cairn.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cairn.answer.Answer;
import dev.cairn.answer.AnswerContent;
import dev.cairn.corpus.AskedScope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An answer as it is sent: what is known of it stands beside the question. */
@Schema(name = "Answer")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnswerView(
    UUID id,
    AskedScope scope,
    String question,
    @Schema(allowableValues = {"running", "finished", "failed", "cancelled"}) String state,
    Instant createdAt,
    Answer.@Nullable Failure failure,
    @JsonUnwrapped @Nullable AnswerContent content) {

  static AnswerView of(Answer answer) {
    return new AnswerView(
        answer.id(),
        answer.scope(),
        answer.question(),
        answer.state().name().toLowerCase(Locale.ROOT),
        answer.createdAt(),
        answer.failure(),
        answer.content());
  }
}

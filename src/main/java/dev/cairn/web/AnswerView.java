package dev.cairn.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cairn.answer.Answer;
import dev.cairn.answer.AnswerContent;
import dev.cairn.answer.CacheReport;
import dev.cairn.answer.ConversationUse;
import dev.cairn.answer.TracedToken;
import dev.cairn.answer.Usage;
import dev.cairn.citation.Citation;
import dev.cairn.corpus.AskedScope;
import dev.cairn.corpus.LeftOut;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
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
    @JsonUnwrapped @Nullable Content content) {

  /** Of a finished answer. */
  record Content(
      String text,
      boolean answered,
      @Nullable Double evidence,
      String finishReason,
      List<Citation> citations,
      Usage usage,
      CacheReport report,
      List<LeftOut> leftOut,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TracedToken> trace,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConversationUse conversation) {

    private static Content of(AnswerContent content) {
      return new Content(
          content.text(),
          content.answered(),
          content.evidence(),
          content.finishReason(),
          content.citations(),
          content.usage(),
          content.report(),
          content.leftOut(),
          content.trace(),
          content.conversation());
    }
  }

  static AnswerView of(Answer answer) {
    return new AnswerView(
        answer.id(),
        answer.scope(),
        answer.question(),
        answer.state().name().toLowerCase(Locale.ROOT),
        answer.createdAt(),
        answer.failure(),
        answer.content() == null ? null : Content.of(answer.content()));
  }
}

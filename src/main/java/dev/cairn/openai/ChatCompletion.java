package dev.cairn.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cairn.answer.Answer;
import dev.cairn.answer.AnswerContent;
import dev.cairn.answer.CacheReport;
import dev.cairn.answer.ConversationUse;
import dev.cairn.citation.Citation;
import dev.cairn.corpus.LeftOut;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An answer, or a part of one, in the form of OpenAI's chat completions.
 *
 * @param id {@code chatcmpl-} and the id of the answer
 * @param object {@code chat.completion}, or {@code chat.completion.chunk} for a part
 * @param created when the answer was begun, in seconds since 1970
 * @param choices one, or none in a part that only counts
 */
@JsonNaming(SnakeCaseStrategy.class)
record ChatCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ChatUsage usage) {

  /** What every part of one answer begins with. */
  record Head(UUID answer, String model) {

    ChatCompletion whole(Choice choice, ChatUsage usage) {
      return completion("chat.completion", List.of(choice), usage);
    }

    ChatCompletion part(Message delta, @Nullable String finishReason) {
      return completion(PART, List.of(new Choice(0, null, delta, finishReason, null)), null);
    }

    ChatCompletion count(ChatUsage usage) {
      return completion(PART, List.of(), usage);
    }

    private ChatCompletion completion(
        String object, List<Choice> choices, @Nullable ChatUsage usage) {
      return new ChatCompletion("chatcmpl-" + answer, object, created(), model, choices, usage);
    }

    /** An answer's id is a UUID of version 7, which begins with its time in milliseconds. */
    private long created() {
      return (answer.getMostSignificantBits() >>> 16) / 1000;
    }
  }

  private static final String PART = "chat.completion.chunk";

  /**
   * @param message of a whole answer
   * @param delta of a part
   * @param finishReason {@code stop}, {@code length} or {@code content_filter}, once the answer has
   *     ended
   * @param logprobs always null
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Choice(
      int index,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Message message,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Message delta,
      @Nullable String finishReason,
      @Nullable Object logprobs) {}

  /**
   * @param cairn where the answer comes from, once it has ended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Message(@Nullable String role, @Nullable String content, @Nullable Source cairn) {}

  /** What OpenAI's form has no place for; as in an {@link AnswerContent}. */
  record Source(
      UUID answerId,
      boolean answered,
      @Nullable Double evidence,
      String finishReason,
      List<Citation> citations,
      List<Citation> lookedAt,
      List<LeftOut> leftOut,
      CacheReport report,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConversationUse conversation) {

    static Source of(Answer answer) {
      AnswerContent content = Objects.requireNonNull(answer.content());
      return new Source(
          answer.id(),
          content.answered(),
          content.evidence(),
          content.finishReason(),
          content.citations(),
          content.lookedAt(),
          content.leftOut(),
          content.report(),
          content.conversation());
    }
  }

  static ChatCompletion of(String model, Answer answer) {
    AnswerContent content = Objects.requireNonNull(answer.content());
    Message message = new Message("assistant", content.text(), Source.of(answer));
    return new Head(answer.id(), model)
        .whole(new Choice(0, message, null, finishReason(content), null), ChatUsage.of(content));
  }

  /** An answer that its deadline cut short was cut short; what is not borne out is left out. */
  static String finishReason(AnswerContent content) {
    return switch (content.finishReason()) {
      case "stop" -> "stop";
      case "unsupported" -> "content_filter";
      default -> "length";
    };
  }
}

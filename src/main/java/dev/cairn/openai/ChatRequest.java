package dev.cairn.openai;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.cairn.web.NearestInt;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A question in the form of OpenAI's chat completions.
 *
 * @param model {@code cairn/} and the name of a corpus
 * @param messages the last is the question
 * @param maxTokens the older name of {@code maxCompletionTokens}
 * @param minEvidence as of a question in Cairn's own API
 * @param stop a string or a list of up to four
 * @param stream whether the answer comes in server-sent events
 * @param others every other field; ignored where that changes nothing, see {@link ChatOptions}
 */
@JsonNaming(SnakeCaseStrategy.class)
record ChatRequest(
    @Nullable String model,
    @Nullable List<@Nullable ChatMessage> messages,
    @Nullable Float temperature,
    @Nullable Float topP,
    @Nullable Long seed,
    @JsonDeserialize(using = NearestInt.class) @Nullable Integer maxTokens,
    @JsonDeserialize(using = NearestInt.class) @Nullable Integer maxCompletionTokens,
    @Nullable Double minEvidence,
    @Schema(types = {"string", "array"}) @Nullable Object stop,
    @Nullable Boolean stream,
    @Nullable StreamOptions streamOptions,
    @Schema(hidden = true) @JsonAnySetter @Nullable Map<String, Object> others) {

  /**
   * @param includeUsage whether a last chunk counts the tokens
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record StreamOptions(@Nullable Boolean includeUsage) {}

  boolean streams() {
    return Boolean.TRUE.equals(stream);
  }

  boolean wantsUsage() {
    return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
  }
}

package dev.cairn.openai;

import dev.cairn.answer.AnswerContent;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Tokens of one answer as OpenAI's clients count them: the documents are part of the prompt.
 *
 * @param promptTokens of the visible documents and of what the model read before it wrote
 * @param completionTokens of the answer
 * @param totalTokens both
 */
@JsonNaming(SnakeCaseStrategy.class)
record ChatUsage(
    long promptTokens, long completionTokens, long totalTokens, PromptDetails promptTokensDetails) {

  /**
   * @param cachedTokens of the visible documents, none of which was encoded again
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record PromptDetails(long cachedTokens) {}

  static ChatUsage of(AnswerContent content) {
    long cached = content.report().tokensNotReencoded();
    long prompt = cached + content.usage().promptTokens();
    long completion = content.usage().answerTokens();
    return new ChatUsage(prompt, completion, prompt + completion, new PromptDetails(cached));
  }
}

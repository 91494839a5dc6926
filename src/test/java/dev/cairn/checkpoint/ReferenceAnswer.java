package dev.cairn.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of models/starter/reference.jsonl: what the PyTorch reference made of a question.
 *
 * @param prior a number for each chunk of the documents in order, or null for attention alone
 */
public record ReferenceAnswer(
    List<String> documents,
    String question,
    int[] promptIds,
    float @Nullable [] prior,
    int[] answerIds,
    String answer) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public static ReferenceAnswer parse(String line) {
    return JSON.readValue(line, ReferenceAnswer.class);
  }
}

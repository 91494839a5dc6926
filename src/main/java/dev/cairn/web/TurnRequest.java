package dev.cairn.web;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.cairn.answer.Turn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was said before a question, as a caller sends it.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param content in plain text
 * @param unknown fields that no turn has
 */
public record TurnRequest(
    @Nullable String role,
    @Nullable String content,
    @Schema(hidden = true) @JsonAnySetter @Nullable Map<String, Object> unknown) {

  public static TurnRequest of(Turn.Role role, String content) {
    return new TurnRequest(role.word(), content, null);
  }
}

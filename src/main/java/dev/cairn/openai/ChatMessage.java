package dev.cairn.openai;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.cairn.answer.Turn;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.web.TurnRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a chat, as a caller sends it.
 *
 * @param role {@code system}, {@code developer}, {@code user} or {@code assistant}
 * @param content a string, or a list of parts of the type {@code text} or {@code refusal}
 * @param refusal what an assistant said in place of a content
 * @param others every other field; ignored where that changes nothing
 */
record ChatMessage(
    @Nullable String role,
    @Nullable Object content,
    @Nullable String refusal,
    @Schema(hidden = true) @JsonAnySetter @Nullable Map<String, Object> others) {

  private static final List<String> CALLS = List.of("audio", "function_call", "tool_calls");

  ChatMessage(String role, Object content) {
    this(role, content, null, null);
  }

  boolean isUsers() {
    return "user".equals(role);
  }

  /**
   * @throws Problem unsupported_parameter, naming another role or what is not text
   */
  TurnRequest toTurn() {
    refuseCalls();
    return TurnRequest.of(turnRole(), text());
  }

  private void refuseCalls() {
    CALLS.stream()
        .filter(name -> others != null && isSet(others.get(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw unsupported(
                  "A message holds %s, and only text can be read: leave the message out."
                      .formatted(name));
            });
  }

  private static boolean isSet(@Nullable Object value) {
    return value != null && !(value instanceof Collection<?> several && several.isEmpty());
  }

  private Turn.Role turnRole() {
    return switch (role) {
      case "system", "developer" -> Turn.Role.SYSTEM;
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      case null -> throw unsupported("A message has no role: system, user or assistant.");
      case "tool", "function" ->
          throw unsupported(
              "A message has the role %s, and no tools are called here: leave the message out."
                  .formatted(role));
      default ->
          throw unsupported(
              "A message has the role %s, not system, user or assistant.".formatted(role));
    };
  }

  String text() {
    return switch (content) {
      case null -> Objects.requireNonNullElse(refusal, "");
      case String text -> text;
      case List<?> parts -> parts.stream().map(ChatMessage::text).collect(Collectors.joining());
      default -> throw unsupported("The content of a message is a string or a list of parts.");
    };
  }

  private static String text(@Nullable Object part) {
    if (!(part instanceof Map<?, ?> map)) {
      throw unsupported("A part of a message is an object like {\"type\":\"text\",\"text\":\"\"}.");
    }
    Object type = map.get("type");
    if (("text".equals(type) || "refusal".equals(type)) && map.get(type) instanceof String text) {
      return text;
    }
    throw unsupported(
        "A part of a message has the type %s, and only text can be read: leave it out."
            .formatted(type));
  }

  private static Problem unsupported(String detail) {
    return new Problem(ProblemCode.UNSUPPORTED_PARAMETER, detail, "messages");
  }
}

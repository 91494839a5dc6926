package dev.cairn.openai;

import dev.cairn.answer.Turn;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.web.TurnRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a chat, as a caller sends it.
 *
 * @param role {@code system}, {@code developer}, {@code user} or {@code assistant}
 * @param content a string, or a list of parts of the type {@code text}
 */
record ChatMessage(@Nullable String role, @Nullable Object content) {

  boolean isUsers() {
    return "user".equals(role);
  }

  /**
   * @throws Problem unsupported_parameter for another role or for what is not text
   */
  TurnRequest toTurn() {
    return TurnRequest.of(turnRole(), text());
  }

  private Turn.Role turnRole() {
    return switch (role) {
      case "system", "developer" -> Turn.Role.SYSTEM;
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      case null, default -> throw unsupported("Messages have the role system, user or assistant.");
    };
  }

  String text() {
    return switch (content) {
      case null -> "";
      case String text -> text;
      case List<?> parts -> parts.stream().map(ChatMessage::text).collect(Collectors.joining());
      default -> throw unsupported("The content of a message is text.");
    };
  }

  private static String text(@Nullable Object part) {
    if (part instanceof Map<?, ?> map
        && "text".equals(map.get("type"))
        && map.get("text") instanceof String text) {
      return text;
    }
    throw unsupported("Only text can be read: leave out images, sound and files.");
  }

  private static Problem unsupported(String detail) {
    return new Problem(ProblemCode.UNSUPPORTED_PARAMETER, detail, "messages");
  }
}

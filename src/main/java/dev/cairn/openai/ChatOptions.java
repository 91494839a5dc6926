package dev.cairn.openai;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options of OpenAI's chat completions that would change the answer and that Cairn has not. Their
 * neutral values are taken; any other field is ignored, as clients expect.
 */
final class ChatOptions {

  private static final Set<String> UNSUPPORTED =
      Set.of(
          "audio",
          "frequency_penalty",
          "function_call",
          "functions",
          "logit_bias",
          "logprobs",
          "modalities",
          "n",
          "presence_penalty",
          "response_format",
          "tool_choice",
          "tools",
          "top_logprobs",
          "web_search_options");

  private ChatOptions() {}

  /**
   * @throws Problem unsupported_parameter, naming the first
   */
  static void refuseUnsupported(@Nullable Map<String, Object> options) {
    if (options != null) {
      options.keySet().stream()
          .filter(UNSUPPORTED::contains)
          .filter(name -> !isNeutral(name, options.get(name)))
          .sorted()
          .findFirst()
          .ifPresent(ChatOptions::refuse);
    }
  }

  private static boolean isNeutral(String name, @Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Boolean asked -> !asked;
      case Number number -> number.doubleValue() == (name.equals("n") ? 1 : 0);
      case String word -> word.equals("none") || word.equals("auto");
      case List<?> list -> list.isEmpty() || list.equals(List.of("text"));
      case Map<?, ?> map -> map.isEmpty() || map.equals(Map.of("type", "text"));
      default -> false;
    };
  }

  private static void refuse(String name) {
    throw new Problem(
        ProblemCode.UNSUPPORTED_PARAMETER,
        "%s asks for what Cairn cannot do: leave it out.".formatted(name),
        name);
  }
}

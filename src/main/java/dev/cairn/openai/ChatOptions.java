package dev.cairn.openai;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Options of OpenAI's chat completions that would change the answer and that Cairn has not. Their
 * neutral values are taken; any other field is ignored, as clients expect.
 */
final class ChatOptions {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Object TEXT_FORMAT = Map.of("type", "text");

  /** By option, the values at which it changes nothing; null and leaving it out do neither. */
  private static final Map<String, List<Object>> NEUTRAL =
      Map.ofEntries(
          entry("audio", List.of()),
          entry("frequency_penalty", List.of(0.0)),
          entry("function_call", List.of("none", "auto")),
          entry("functions", List.of(List.of())),
          entry("logit_bias", List.of(Map.of())),
          entry("logprobs", List.of(false)),
          entry("modalities", List.of(List.of(), List.of("text"))),
          entry("n", List.of(1.0)),
          entry("presence_penalty", List.of(0.0)),
          entry("response_format", List.of(TEXT_FORMAT)),
          entry("tool_choice", List.of("none", "auto")),
          entry("tools", List.of(List.of())),
          entry("top_logprobs", List.of(0.0)),
          entry("web_search_options", List.of()));

  private ChatOptions() {}

  /**
   * @throws Problem unsupported_parameter, naming the first
   */
  static void refuseUnsupported(@Nullable Map<String, Object> options) {
    if (options != null) {
      options.keySet().stream()
          .filter(NEUTRAL::containsKey)
          .filter(name -> !isNeutral(name, options.get(name)))
          .sorted()
          .findFirst()
          .ifPresent(ChatOptions::refuse);
    }
  }

  private static boolean isNeutral(String name, @Nullable Object value) {
    Object compared = value instanceof Number number ? (Object) number.doubleValue() : value;
    return compared == null || neutral(name).contains(compared);
  }

  private static List<Object> neutral(String name) {
    return NEUTRAL.getOrDefault(name, List.of());
  }

  private static void refuse(String name) {
    throw new Problem(
        ProblemCode.UNSUPPORTED_PARAMETER,
        "%s asks for what Cairn cannot do: leave it out%s.".formatted(name, orSend(name)),
        name);
  }

  private static String orSend(String name) {
    return neutral(name).isEmpty()
        ? ""
        : neutral(name).stream().map(ChatOptions::json).collect(joining(" or ", ", or send ", ""));
  }

  private static String json(Object value) {
    return JSON.writeValueAsString(
        value instanceof Double number ? (Object) number.intValue() : value);
  }
}

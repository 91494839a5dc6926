package dev.cairn.corpus;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What users write about a membership, made fit to be stored: its title and its metadata. */
@Component
class Labels {

  private static final String REPLACEMENT = "\uFFFD";

  /** An escaped NUL, not an escaped backslash before the characters u0000. */
  private static final Pattern NUL = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\u0000");

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final JsonMapper mapper;
  private final LabelSettings settings;

  Labels(JsonMapper mapper, LabelSettings settings) {
    this.mapper = mapper;
    this.settings = settings;
  }

  /**
   * The title without control characters and outer blanks; half a surrogate pair becomes U+FFFD.
   *
   * @throws Problem invalid_request when nothing is left or too much
   */
  String title(String sent) {
    String title =
        sent.codePoints()
            .filter(c -> !Character.isISOControl(c))
            .mapToObj(c -> isHalf(c) ? REPLACEMENT : Character.toString(c))
            .collect(Collectors.joining())
            .strip();
    if (title.isEmpty()) {
      throw invalid("The title is empty: give the document one.");
    }
    if (title.codePointCount(0, title.length()) > settings.titleCharacters()) {
      throw invalid(
          "The title is longer than %d characters (cairn.memory.title-characters): shorten it."
              .formatted(settings.titleCharacters()));
    }
    return title;
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  /**
   * The metadata as JSON.
   *
   * @throws Problem invalid_request when it is too long or holds what PostgreSQL cannot store
   */
  String metadata(Map<String, Object> sent) {
    String json = mapper.writeValueAsString(sent);
    if (NUL.matcher(json).find() || !StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
      throw invalid("The metadata holds a NUL or half a surrogate pair: take it out.");
    }
    if (json.getBytes(StandardCharsets.UTF_8).length > settings.metadataBytes()) {
      throw invalid(
          "The metadata is longer than %d bytes (cairn.memory.metadata-bytes): shorten it."
              .formatted(settings.metadataBytes()));
    }
    return json;
  }

  Map<String, Object> metadata(String json) {
    return mapper.readValue(json, OBJECT);
  }

  private static Problem invalid(String detail) {
    return new Problem(ProblemCode.INVALID_REQUEST, detail);
  }
}

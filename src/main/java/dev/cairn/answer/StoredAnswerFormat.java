package dev.cairn.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cairn.corpus.AskedScope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON in which answers are stored: an {@link AnswerContent} with a version. A change of its
 * parts that older rows do not fit, be it of a name alone, gets the next version and a step in
 * {@link #upgrade} that makes them fit: rows are never rewritten. A part that is added and may be
 * null needs neither.
 */
final class StoredAnswerFormat {

  /**
   * 1, which rows do not say, told the two parts of the model that a prompt passes apart; 2 told
   * neither what an answer without citations had looked at nor which words of a quote it had.
   */
  private static final int VERSION = 3;

  /** Its own, so that nothing that is set for HTTP changes what is stored. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              was -> was.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private record Versioned(int version, @JsonUnwrapped AnswerContent content) {}

  private StoredAnswerFormat() {}

  static String write(AnswerContent content) {
    return JSON.writeValueAsString(new Versioned(VERSION, content));
  }

  static AnswerContent read(String stored) {
    ObjectNode tree = JSON.readValue(stored, ObjectNode.class);
    upgrade(tree, tree.path("version").asInt(1));
    return JSON.treeToValue(tree, AnswerContent.class);
  }

  private static void upgrade(ObjectNode answer, int version) {
    if (version > VERSION) {
      throw new IllegalStateException(
          "An answer is stored in version %d, this program reads up to %d: use a newer one."
              .formatted(version, VERSION));
    }
    if (version < 2) {
      joinPromptStages(answer.path("report").path("stageMillis"));
    }
    if (version < 3) {
      answer.putArray("lookedAt");
      answer.path("citations").forEach(cited -> ((ObjectNode) cited).putArray("marks"));
    }
  }

  private static void joinPromptStages(JsonNode stageMillis) {
    if (stageMillis instanceof ObjectNode stages && stages.has("lower")) {
      double lower = stages.remove("lower").asDouble();
      double upper = stages.remove("upper").asDouble();
      stages.put("prompt", lower + upper);
    }
  }

  /** There has been one version of what was asked. */
  static String write(AskedScope scope) {
    return JSON.writeValueAsString(scope);
  }

  static AskedScope readScope(String stored) {
    return JSON.readValue(stored, AskedScope.class);
  }
}

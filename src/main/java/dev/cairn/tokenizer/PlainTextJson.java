package dev.cairn.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes of a tokenizer.json one for plain text: without added tokens, and so that no merge of
 * pieces gives one; without what is put around a text; with a decoder that takes no blank away.
 */
final class PlainTextJson {

  static final String ADDED = "added_tokens";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PlainTextJson() {}

  /**
   * @param blankBefore whether what puts a blank before a text stays
   */
  static JsonNode of(JsonNode root, AddedTokens added, boolean blankBefore) {
    ObjectNode plain = NODES.objectNode().setAll((ObjectNode) root);
    plain.putArray(ADDED);
    plain.putNull("truncation");
    plain.putNull("padding");
    plain.putNull("post_processor");
    plain.set("decoder", changed(root.path("decoder"), "decoders", "Strip"));
    plain.set("model", withoutAdded(root.path("model"), added));
    if (!blankBefore) {
      plain.set("normalizer", changed(root.path("normalizer"), "normalizers", "Prepend"));
      plain.set("pre_tokenizer", changed(root.path("pre_tokenizer"), "pretokenizers", "Prepend"));
    }
    return plain;
  }

  static boolean isOfType(JsonNode step, String type) {
    return step.path("type").asString("").equals(type);
  }

  /** The step itself, or those that it is a sequence of. */
  static List<JsonNode> parts(JsonNode step, String sequence) {
    List<JsonNode> parts = new ArrayList<>();
    if (!isOfType(step, "Sequence")) {
      return List.of(step);
    }
    step.path(sequence).forEach(part -> parts.addAll(parts(part, sequence)));
    return parts;
  }

  /** The step without parts of a type, and with Metaspace that puts or takes no blank. */
  private static JsonNode changed(JsonNode step, String sequence, String removed) {
    if (isOfType(step, "Sequence")) {
      ArrayNode parts = NODES.arrayNode();
      for (JsonNode part : parts(step, sequence)) {
        JsonNode changed = changed(part, sequence, removed);
        if (!changed.isNull()) {
          parts.add(changed);
        }
      }
      return NODES.objectNode().put("type", "Sequence").set(sequence, parts);
    }
    if (isOfType(step, "Metaspace")) {
      return ((ObjectNode) step.deepCopy())
          .put("prepend_scheme", "never")
          .without("add_prefix_space");
    }
    return step.isMissingNode() || isOfType(step, removed) ? NODES.nullNode() : step;
  }

  /** The model without added tokens, save that of unknown characters, and what would make them. */
  private static JsonNode withoutAdded(JsonNode model, AddedTokens added) {
    String unknown = model.path("unk_token").asString("");
    Set<String> names =
        model.path("vocab").properties().stream()
            .filter(token -> added.contains(token.getValue().asInt(-1)))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (names.isEmpty()) {
      return model;
    }
    ObjectNode plain = NODES.objectNode().setAll((ObjectNode) model);
    ObjectNode kept = NODES.objectNode().setAll((ObjectNode) model.path("vocab"));
    names.stream().filter(name -> !name.equals(unknown)).forEach(kept::remove);
    plain.set("vocab", kept);
    plain.set("merges", without(names, model.path("merges")));
    return plain;
  }

  private static JsonNode without(Set<String> names, JsonNode merges) {
    ArrayNode kept = NODES.arrayNode();
    for (JsonNode merge : merges) {
      if (!names.contains(product(merge))) {
        kept.add(merge);
      }
    }
    return kept;
  }

  /** A merge is written as two strings, or as one with a blank between them. */
  private static String product(JsonNode merge) {
    if (merge.isArray()) {
      return merge.path(0).asString("") + merge.path(1).asString("");
    }
    String pair = merge.asString("");
    int blank = Math.max(0, pair.indexOf(' '));
    return pair.substring(0, blank) + pair.substring(Math.min(blank + 1, pair.length()));
  }
}

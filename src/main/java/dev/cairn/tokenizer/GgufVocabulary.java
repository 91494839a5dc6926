package dev.cairn.tokenizer;

import dev.cairn.checkpoint.CheckpointException;
import dev.cairn.checkpoint.JsonFile;
import dev.cairn.gguf.GgufMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vocabulary of a GGUF file, and the tokenizer.json that says the same. Control tokens and
 * those that users defined are added tokens; padding is left out.
 *
 * @param file where it stands, for messages
 * @param tokens by id
 * @param types one of ggml's token types for each token
 * @param start the token before everything; nothing when the file wants none
 * @param rules how text is cut and its pieces joined
 */
record GgufVocabulary(
    Path file, List<String> tokens, long[] types, Optional<Integer> start, TokenRules rules) {

  private static final String PREFIX = "tokenizer.ggml.";

  /** ggml's token types; the one that is left, 6, is a byte that text falls back to. */
  static final int NORMAL = 1;

  static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int UNUSED = 5;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * @throws CheckpointException when it says something that is not known
   */
  static GgufVocabulary read(GgufMetadata metadata) {
    List<String> tokens = metadata.texts(PREFIX + "tokens");
    long[] types = metadata.wholes(PREFIX + "token_type");
    requireOneEach(metadata, PREFIX + "token_type", types.length, tokens.size());
    TokenRules rules =
        switch (metadata.text(PREFIX + "model")) {
          case "gpt2" -> ByteLevelRules.read(metadata);
          case "llama" -> SentencePieceRules.read(metadata, tokens, types);
          case String other ->
              throw invalid(metadata.file(), PREFIX + "model is " + other + ", not gpt2 or llama");
        };
    return new GgufVocabulary(
        metadata.file(), tokens, types, start(metadata, rules, tokens.size()), rules);
  }

  /** What a file does not say is what the rules are used with elsewhere. */
  private static Optional<Integer> start(GgufMetadata metadata, TokenRules rules, int tokens) {
    String asks = PREFIX + "add_bos_token";
    String id = PREFIX + "bos_token_id";
    boolean wanted = metadata.has(asks) ? metadata.truth(asks) : rules.starts() && metadata.has(id);
    if (!wanted) {
      return Optional.empty();
    }
    if (metadata.count(id) >= tokens) {
      throw invalid(metadata.file(), "%s %d is no token's".formatted(id, metadata.count(id)));
    }
    return Optional.of(metadata.count(id));
  }

  static void requireOneEach(GgufMetadata metadata, String key, int elements, int tokens) {
    if (elements != tokens) {
      throw invalid(
          metadata.file(), "%s has %d elements for %d tokens".formatted(key, elements, tokens));
    }
  }

  private static CheckpointException invalid(Path file, String why) {
    return new CheckpointException(
        CheckpointException.Reason.CONFIG_INVALID, "%s: %s".formatted(file, why));
  }

  TokenizerFile tokenizer() {
    ObjectNode root = NODES.objectNode().put("version", "1.0");
    root.set(PlainTextJson.ADDED, addedTokens());
    rules.addTo(root);
    root.set("post_processor", startTemplate());
    ((ObjectNode) root.get("model")).set("vocab", texts());
    return new TokenizerFile(new JsonFile(file, root));
  }

  private ArrayNode addedTokens() {
    ArrayNode added = NODES.arrayNode();
    for (int id = 0; id < types.length; id++) {
      if (types[id] == CONTROL || types[id] == USER_DEFINED) {
        added
            .addObject()
            .put("id", id)
            .put("content", tokens.get(id))
            .put("special", types[id] == CONTROL);
      }
    }
    return added;
  }

  private ObjectNode texts() {
    ObjectNode texts = NODES.objectNode();
    for (int id = 0; id < types.length; id++) {
      if (types[id] != UNUSED) {
        texts.put(tokens.get(id), id);
      }
    }
    return texts;
  }

  private ObjectNode startTemplate() {
    ObjectNode template = NODES.objectNode().put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    ObjectNode special = template.putObject("special_tokens");
    start.ifPresent(
        id -> {
          String content = tokens.get(id);
          single.addObject().putObject("SpecialToken").put("id", content);
          special.putObject(content).put("id", content).putArray("ids").add(id);
        });
    single.addObject().putObject("Sequence").put("id", "A");
    return template;
  }
}

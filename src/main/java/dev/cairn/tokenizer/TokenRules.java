package dev.cairn.tokenizer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How text is cut and its pieces are joined to tokens, in terms of a tokenizer.json. */
sealed interface TokenRules permits ByteLevelRules, SentencePieceRules {

  /** Whether such a tokenizer begins with a start token where a file does not say. */
  boolean starts();

  /** Sets normalizer, pre_tokenizer, decoder, and model, its vocab aside. */
  void addTo(ObjectNode root);

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}

package dev.cairn.tokenizer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How byte-level tokenizers cut a text before they join bytes: what stands in the tokenizer.json of
 * the models that GGUF files name by {@code tokenizer.ggml.pre}.
 */
enum PreTokenizer {
  GPT_2("gpt-2"),
  SMOLLM("smollm"),
  QWEN_2("qwen2"),
  LLAMA_3("llama-bpe", "llama3", "llama-v3"),
  TEKKEN("tekken");

  private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|";
  private static final String WORDS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String BLANKS = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String PUNCTUATION = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";

  /** Words that begin a new one at a capital behind a small letter. */
  private static final String CASED_WORDS =
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
          + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|";

  private final List<String> names;

  PreTokenizer(String... names) {
    this.names = List.of(names);
  }

  static Optional<PreTokenizer> named(String name) {
    return Stream.of(values()).filter(each -> each.names.contains(name)).findFirst();
  }

  /** The known names, for messages. */
  static String names() {
    return Stream.of(values())
        .flatMap(each -> each.names.stream())
        .collect(Collectors.joining(", "));
  }

  JsonNode normalizer() {
    return this == QWEN_2 ? TokenRules.json("{\"type\": \"NFC\"}") : TokenRules.json("null");
  }

  /** Whether a part that is a token is taken as it is, though no merge may reach it. */
  boolean ignoresMerges() {
    return this == LLAMA_3 || this == TEKKEN;
  }

  /** Whether such a model begins with a start token where its file does not say. */
  boolean starts() {
    return this == LLAMA_3 || this == TEKKEN;
  }

  JsonNode json() {
    return switch (this) {
      case GPT_2 -> byteLevel(true);
      case SMOLLM ->
          sequence(TokenRules.json("{\"type\": \"Digits\", \"individual_digits\": true}"), true);
      case QWEN_2 -> split(CONTRACTIONS + WORDS + "\\p{N}" + PUNCTUATION + BLANKS);
      case LLAMA_3 -> split(CONTRACTIONS + WORDS + "\\p{N}{1,3}" + PUNCTUATION + BLANKS);
      case TEKKEN ->
          split(CASED_WORDS + "\\p{N}" + PUNCTUATION.replace("[\\r\\n]", "[\\r\\n/]") + BLANKS);
    };
  }

  private static JsonNode split(String regex) {
    ObjectNode split = node().put("type", "Split").put("behavior", "Isolated").put("invert", false);
    split.putObject("pattern").put("Regex", regex);
    return sequence(split, false);
  }

  private static JsonNode sequence(JsonNode first, boolean cutsByItself) {
    ObjectNode sequence = node().put("type", "Sequence");
    sequence.putArray("pretokenizers").add(first).add(byteLevel(cutsByItself));
    return sequence;
  }

  /**
   * @param cuts whether it cuts by the rule of GPT-2
   */
  static JsonNode byteLevel(boolean cuts) {
    return node()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", cuts);
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}

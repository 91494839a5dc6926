package dev.cairn.checkpoint;

import dev.cairn.gguf.GgufMetadata;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a tokenizer calls its control tokens, and how many tokens it has.
 *
 * @param added ids of its added tokens by their text
 * @param count ids go from 0 to before this
 */
record TokenNames(Map<String, Integer> added, int count) {

  private static final long CONTROL = 3;
  private static final long USER_DEFINED = 4;
  private static final long UNUSED = 5;

  /** Of a tokenizer.json in the format of the Hugging Face tokenizers library. */
  static TokenNames read(Path file) {
    JsonNode root = JsonFile.read(file).root();
    Map<String, Integer> added = new HashMap<>();
    root.path("added_tokens")
        .forEach(token -> added.put(token.path("content").asString(""), token.path("id").asInt(0)));
    IntStream texts =
        root.path("model").path("vocab").values().stream().mapToInt(id -> id.asInt(0));
    IntStream all = IntStream.concat(texts, added.values().stream().mapToInt(id -> id));
    return new TokenNames(Map.copyOf(added), all.max().orElse(-1) + 1);
  }

  /** Of the vocabulary in a GGUF file, which may be padded to the rows of the embedding. */
  static TokenNames of(GgufMetadata metadata) {
    List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
    long[] types = metadata.wholes("tokenizer.ggml.token_type");
    Map<String, Integer> added = new HashMap<>();
    for (int id = 0; id < Math.min(types.length, tokens.size()); id++) {
      if (types[id] == CONTROL || types[id] == USER_DEFINED) {
        added.put(tokens.get(id), id);
      }
    }
    int count = tokens.size();
    while (count > 0 && count <= types.length && types[count - 1] == UNUSED) {
      count--;
    }
    return new TokenNames(Map.copyOf(added), count);
  }

  OptionalInt id(String text) {
    Integer id = added.get(text);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The ids of those texts that are control tokens. */
  IntStream ids(Stream<String> texts) {
    return texts.map(this::id).filter(OptionalInt::isPresent).mapToInt(OptionalInt::getAsInt);
  }
}

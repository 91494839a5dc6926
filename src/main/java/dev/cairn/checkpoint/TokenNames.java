package dev.cairn.checkpoint;

import java.nio.file.Path;
import java.util.HashMap;
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

  OptionalInt id(String text) {
    Integer id = added.get(text);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The ids of those texts that are control tokens. */
  IntStream ids(Stream<String> texts) {
    return texts.map(this::id).filter(OptionalInt::isPresent).mapToInt(OptionalInt::getAsInt);
  }
}

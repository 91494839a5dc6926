package dev.cairn.tokenizer;

import dev.cairn.gguf.GgufBytes;
import dev.cairn.gguf.GgufFile;
import dev.cairn.gguf.GgufMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The small tokenizers of {@code make_reference.py}, from tokenizer.json and as GGUF. */
final class SmallVocabularies {

  static final Path FOLDER = Path.of("src/test/resources/tokenizer");

  /** More than any of them has ids. */
  static final int ROWS = 1000;

  private SmallVocabularies() {}

  static JsonNode json(String name) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(FOLDER.resolve(name + ".json")));
  }

  static List<String> texts() throws IOException {
    return StreamSupport.stream(json("texts").spliterator(), false)
        .map(JsonNode::stringValue)
        .toList();
  }

  /** What the reference makes of the text of this number. */
  static int[] expected(String name, int text) throws IOException {
    return StreamSupport.stream(json("expected").path(name).path(text).spliterator(), false)
        .mapToInt(JsonNode::intValue)
        .toArray();
  }

  static TextTokenizer ofJson(String name) {
    return TextTokenizer.ofJson(FOLDER.resolve(name + ".json"), ROWS);
  }

  static TextTokenizer ofGguf(String name, Path folder) throws IOException {
    return TextTokenizer.ofGguf(metadata(gguf(name), folder), ROWS);
  }

  static GgufMetadata metadata(GgufBytes bytes, Path folder) throws IOException {
    try (GgufFile file = GgufFile.open(bytes.write(folder.resolve("tokenizer.gguf")))) {
      return file.metadata();
    }
  }

  /** The vocabulary with its own name as its rule of cutting. */
  static GgufBytes gguf(String name) throws IOException {
    return name.equals("sentencepiece")
        ? sentencePiece()
        : byteLevel(name).text("tokenizer.ggml.pre", name);
  }

  /** The vocabulary of a byte-level tokenizer without a rule of cutting. */
  static GgufBytes byteLevel(String name) throws IOException {
    JsonNode json = json(name);
    List<String> merges = new ArrayList<>();
    json.path("model")
        .path("merges")
        .forEach(pair -> merges.add(pair.path(0).stringValue() + " " + pair.path(1).stringValue()));
    return tokens(json)
        .text("tokenizer.ggml.model", "gpt2")
        .texts("tokenizer.ggml.merges", merges)
        .u32(
            "tokenizer.ggml.bos_token_id", json.path("added_tokens").path(0).path("id").intValue());
  }

  static GgufBytes sentencePiece() throws IOException {
    JsonNode json = json("sentencepiece");
    float[] scores = new float[ROWS];
    json("expected")
        .path("scores")
        .properties()
        .forEach(
            piece -> {
              int id = json.path("model").path("vocab").path(piece.getKey()).intValue();
              scores[id] = piece.getValue().floatValue();
            });
    return tokens(json)
        .text("tokenizer.ggml.model", "llama")
        .f32s("tokenizer.ggml.scores", scores)
        .u32("tokenizer.ggml.bos_token_id", 1);
  }

  /** Tokens and their types, padded to {@link #ROWS}. */
  private static GgufBytes tokens(JsonNode json) {
    List<String> tokens = new ArrayList<>();
    for (int id = 0; id < ROWS; id++) {
      tokens.add("[PAD" + id + "]");
    }
    int[] types = new int[ROWS];
    Arrays.fill(types, 5);
    for (Map.Entry<String, JsonNode> token : json.path("model").path("vocab").properties()) {
      int id = token.getValue().intValue();
      tokens.set(id, token.getKey());
      types[id] = token.getKey().matches("<0x..>") ? 6 : 1;
    }
    added(
        json,
        token -> tokens.set(token.path("id").intValue(), token.path("content").stringValue()));
    added(
        json,
        token -> types[token.path("id").intValue()] = token.path("special").booleanValue() ? 3 : 4);
    if (tokens.getFirst().equals("<unk>")) {
      types[0] = 2;
    }
    return new GgufBytes()
        .texts("tokenizer.ggml.tokens", Collections.unmodifiableList(tokens))
        .i32s("tokenizer.ggml.token_type", types);
  }

  private static void added(JsonNode json, Consumer<JsonNode> each) {
    json.path("added_tokens").forEach(each);
  }
}

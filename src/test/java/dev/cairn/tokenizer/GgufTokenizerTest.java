package dev.cairn.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.checkpoint.CheckpointException;
import dev.cairn.gguf.GgufBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The ids of the reference, of a tokenizer.json and of a GGUF file are the same. */
class GgufTokenizerTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "smollm", "qwen2", "llama-bpe", "tekken", "sentencepiece"})
  void ofGgufOfJsonAndReferenceAreTheSame(String name) throws IOException {
    try (TextTokenizer gguf = SmallVocabularies.ofGguf(name, folder);
        TextTokenizer json = SmallVocabularies.ofJson(name)) {
      assertReference(gguf, name);
      assertReference(json, name);
      assertThat(gguf.startToken()).isEqualTo(json.startToken());
    }
  }

  @Test
  void readsMetaspaceAsTheReferenceDoes() throws IOException {
    try (TextTokenizer json = SmallVocabularies.ofJson("metaspace")) {
      assertReference(json, "metaspace");
    }
  }

  private static void assertReference(TextTokenizer tokenizer, String name) throws IOException {
    List<String> texts = SmallVocabularies.texts();
    assertThat(texts).hasSizeGreaterThan(10);
    for (int i = 0; i < texts.size(); i++) {
      Tokens tokens = tokenizer.tokenize(texts.get(i));
      assertThat(tokens.ids())
          .as("%s: %.40s", name, texts.get(i))
          .isEqualTo(SmallVocabularies.expected(name, i));
      Offsets.assertCover(texts.get(i), tokens);
    }
  }

  @Test
  void mergesAreReadAsStringsAndAsPairs() throws IOException {
    ObjectNode json = (ObjectNode) SmallVocabularies.json("qwen2");
    ArrayNode strings = json.arrayNode();
    for (JsonNode pair : json.path("model").path("merges")) {
      strings.add(pair.path(0).stringValue() + " " + pair.path(1).stringValue());
    }
    assertThat(strings).isNotEmpty();
    ((ObjectNode) json.path("model")).set("merges", strings);
    Path file = Files.writeString(folder.resolve("tokenizer.json"), json.toString());

    try (TextTokenizer tokenizer = TextTokenizer.ofJson(file, SmallVocabularies.ROWS)) {
      assertReference(tokenizer, "qwen2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "nonsense"})
  void refusesARuleOfCuttingThatIsNotKnown(String pre) throws IOException {
    assertRefused(
        SmallVocabularies.byteLevel("qwen2").text("tokenizer.ggml.pre", pre),
        "tokenizer.ggml.pre is " + pre + "; known are gpt-2, smollm, qwen2, ");
  }

  @Test
  void aTokenizerJsonBesideDecides() throws IOException {
    Files.copy(SmallVocabularies.FOLDER.resolve("qwen2.json"), folder.resolve("tokenizer.json"));

    for (GgufBytes bytes :
        List.of(
            SmallVocabularies.byteLevel("qwen2").text("tokenizer.ggml.pre", "default"),
            SmallVocabularies.byteLevel("qwen2"))) {
      try (TextTokenizer tokenizer =
          TextTokenizer.ofGguf(SmallVocabularies.metadata(bytes, folder), SmallVocabularies.ROWS)) {
        assertReference(tokenizer, "qwen2");
      }
    }
  }

  @Test
  void refusesAVocabularyThatLacksAKeyOrIsOfAnotherKind() throws IOException {
    assertRefused(SmallVocabularies.byteLevel("qwen2"), "tokenizer.ggml.pre is missing");
    assertRefused(new GgufBytes(), "no key tokenizer.ggml.tokens");
    GgufBytes bert =
        new GgufBytes()
            .texts("tokenizer.ggml.tokens", List.of("a"))
            .i32s("tokenizer.ggml.token_type", 1)
            .text("tokenizer.ggml.model", "bert");
    assertRefused(bert, "tokenizer.ggml.model is bert");
    GgufBytes uneven =
        new GgufBytes()
            .texts("tokenizer.ggml.tokens", List.of("a", "b"))
            .i32s("tokenizer.ggml.token_type", 1);
    assertRefused(uneven, "tokenizer.ggml.token_type has 1 elements for 2 tokens");
  }

  @Test
  void refusesIdsWithoutARow() throws IOException {
    assertThatThrownBy(
            () ->
                TextTokenizer.ofGguf(
                    SmallVocabularies.metadata(SmallVocabularies.gguf("qwen2"), folder), 300))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("not below vocab_size 300");
  }

  private void assertRefused(GgufBytes bytes, String message) throws IOException {
    var metadata = SmallVocabularies.metadata(bytes, folder);
    assertThatThrownBy(() -> TextTokenizer.ofGguf(metadata, SmallVocabularies.ROWS))
        .isInstanceOfSatisfying(
            CheckpointException.class,
            e -> assertThat(e.reason()).isEqualTo(CheckpointException.Reason.CONFIG_INVALID))
        .hasMessageContaining("tokenizer.gguf")
        .hasMessageContaining(message);
  }
}

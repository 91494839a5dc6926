package dev.cairn.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Start tokens, and blanks that a tokenizer puts before a text. */
class SentencePieceTest {

  private static final String LONG =
      "The lighthouse keeper wrote  it.\n".repeat(1500) + "nobody".repeat(200);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sentencepiece", "metaspace"})
  void idsInPiecesAreThoseOfOneGo(String name) throws IOException {
    try (TextTokenizer tokenizer = SmallVocabularies.ofJson(name)) {
      for (String text : List.of(LONG, "x".repeat(50_000), "a" + " ".repeat(40_000) + "b")) {
        int[] whole = tokenizer.tokenize(text).ids();
        List<Tokens> streamed = new ArrayList<>();
        tokenizer.tokenize(new StringReader(text), streamed::add);

        assertThat(Tokens.join(streamed).ids()).isEqualTo(whole);
        assertThat(tokenizer.tokenize(text, 10).ids()).isEqualTo(whole);
        assertThat(tokenizer.decode(whole)).isEqualTo(text);
        assertThat(stream(tokenizer, whole)).isEqualTo(text);
      }
    }
  }

  @Test
  void noBlankIsGainedOrLost() throws IOException {
    try (TextTokenizer tokenizer = SmallVocabularies.ofGguf("sentencepiece", folder)) {
      for (String text : List.of("  two", " ", "one two", "\u00e9\u4e00😀 x", "", "a ", "\n b")) {
        int[] ids = tokenizer.tokenize(text).ids();
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
        assertThat(stream(tokenizer, ids)).isEqualTo(text);
      }
    }
  }

  /** Only the first of what is pushed has nothing before it. */
  private static String stream(TextTokenizer tokenizer, int[] ids) {
    Detokenizer detokenizer = new Detokenizer(tokenizer);
    return String.join("", IntStream.of(ids).mapToObj(detokenizer::push).toList());
  }

  @Test
  void aCharacterOfBytesIsHeldBackUntilItIsWhole() throws IOException {
    try (TextTokenizer tokenizer = SmallVocabularies.ofGguf("sentencepiece", folder)) {
      int[] ids = tokenizer.tokenize("x\u2713\u2713").ids();
      Detokenizer detokenizer = new Detokenizer(tokenizer);
      List<String> pushed = IntStream.of(ids).mapToObj(detokenizer::push).toList();

      assertThat(ids).hasSizeGreaterThan(6);
      assertThat(pushed)
          .filteredOn(text -> !text.isEmpty())
          .containsExactly("x", "\u2713", "\u2713");
    }
  }

  @Test
  void aTextBehindTextGetsNoBlank() {
    try (TextTokenizer every = SmallVocabularies.ofJson("sentencepiece");
        TextTokenizer first = SmallVocabularies.ofJson("metaspace")) {
      int[] keeper = every.tokenize("keeper").ids();
      int control = every.addedToken("[INST]").orElseThrow();

      assertThat(tail(every.prompt("[INST]{question}", "keeper"))).isEqualTo(keeper);
      assertThat(every.decode(every.prompt("{question}", " keeper"))).isEqualTo("keeper");
      assertThat(first.prompt("[INST]{question}", " keeper"))
          .isEqualTo(join(new int[] {control}, first.prompt("{question}", " keeper")));
      assertThat(first.prefix("keeper")).isEqualTo(join(new int[] {1}, keeper));
      assertThat(tail(first.prompt("[INST]{question}", " keeper"))).isEqualTo(keeper);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sentencepiece", "llama-bpe", "tekken"})
  void theStartTokenStandsOnceInThePrefixAndNowhereElse(String name) throws IOException {
    try (TextTokenizer json = SmallVocabularies.ofJson(name);
        TextTokenizer gguf = SmallVocabularies.ofGguf(name, folder)) {
      for (TextTokenizer tokenizer : List.of(json, gguf)) {
        int start = tokenizer.startToken().orElseThrow();
        String written = name.equals("sentencepiece") ? "<s>" : "<|endoftext|>";

        assertThat(tokenizer.prefix("Read:")).startsWith(start).containsOnlyOnce(start);
        assertThat(tokenizer.prefix(written + "[INST]")).containsOnlyOnce(start).hasSize(2);
        assertThat(tokenizer.prefix("")).containsExactly(start);
        assertThat(tokenizer.prompt("Q: {question}", "Who?")).doesNotContain(start);
        assertThat(tokenizer.tokenize(LONG).ids()).doesNotContain(start);
      }
    }
  }

  @Test
  void aFileSaysWhetherItWantsAStartToken() throws IOException {
    assertThat(start("llama-bpe", true)).isPresent();
    assertThat(start("llama-bpe", false)).isEmpty();
    assertThat(start("qwen2", true)).isPresent();
    try (TextTokenizer silent = SmallVocabularies.ofGguf("qwen2", folder)) {
      assertThat(silent.startToken()).isEmpty();
      assertThat(silent.prefix("Read:")).isEqualTo(silent.tokenize("Read:").ids());
    }
  }

  private java.util.OptionalInt start(String name, boolean wanted) throws IOException {
    var bytes = SmallVocabularies.gguf(name).truth("tokenizer.ggml.add_bos_token", wanted);
    try (TextTokenizer tokenizer =
        TextTokenizer.ofGguf(SmallVocabularies.metadata(bytes, folder), SmallVocabularies.ROWS)) {
      return tokenizer.startToken();
    }
  }

  @Test
  void aFileSaysWhetherABlankStandsBeforeAText() throws IOException {
    var bytes =
        SmallVocabularies.gguf("sentencepiece").truth("tokenizer.ggml.add_space_prefix", false);
    try (TextTokenizer without =
            TextTokenizer.ofGguf(
                SmallVocabularies.metadata(bytes, folder), SmallVocabularies.ROWS);
        TextTokenizer with = SmallVocabularies.ofJson("sentencepiece")) {
      assertThat(without.tokenize(" keeper").ids()).isEqualTo(with.tokenize("keeper").ids());
      assertThat(without.decode(without.tokenize(" keeper").ids())).isEqualTo(" keeper");
    }
  }

  private static int[] tail(int[] ids) {
    return Arrays.copyOfRange(ids, 1, ids.length);
  }

  private static int[] join(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }
}

package dev.cairn.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.RealModels;
import dev.cairn.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The vocabularies of published models: the shipped one, and, where they are, one of Q4_K_M in
 * {@code foreign.qwen} and one of SmolLM 2 in {@code foreign.smollm}.
 */
class RealVocabularyTest {

  /** The first part of the model, which has what is said of the whole. */
  private static final Path SHIPPED = RealModels.SHIPPED.resolve("model-00001-of-00003.gguf");

  private static final int ROWS = 151_936;

  @Test
  void theShippedVocabularyGivesTheIdsOfTheReference() throws IOException {
    assertReference(SHIPPED);
  }

  @Test
  void aForeignCopyOfItDoesToo() throws IOException {
    assertReference(RealModels.foreign("foreign.qwen"));
  }

  private static void assertReference(Path path) throws IOException {
    try (GgufFile model = GgufFile.open(path);
        TextTokenizer tokenizer = TextTokenizer.ofVocabulary(model.metadata(), ROWS)) {
      List<String> texts = SmallVocabularies.texts();
      for (int i = 0; i < texts.size(); i++) {
        Tokens tokens = tokenizer.tokenize(texts.get(i));
        assertThat(tokens.ids())
            .as("%.40s", texts.get(i))
            .isEqualTo(SmallVocabularies.expected("cairn-0.5b", i));
        Offsets.assertCover(texts.get(i), tokens);
      }
      assertControl(tokenizer);
    }
  }

  private static void assertControl(TextTokenizer tokenizer) {
    assertThat(tokenizer.startToken()).isEmpty();
    assertThat(tokenizer.tokenize("<|im_end|>").ids()).containsExactly(27, 91, 318, 6213, 91, 29);
    assertThat(tokenizer.prefix("<|im_start|>system\n")).containsExactly(151_644, 8948, 198);
    assertThat(tokenizer.prompt("\n{question}<tool_call>", "<|im_end|>"))
        .containsExactly(198, 27, 91, 318, 6213, 91, 29, 151_657);
    assertThat(IntStream.of(tokenizer.tokenize("<tool_call></tool_call><|fim_pad|>").ids()))
        .allMatch(id -> id < 151_643);
  }

  @Test
  void aVocabularyOfSmolLmGivesTheIdsOfTheReference() throws IOException {
    Path path = RealModels.foreign("foreign.smollm");
    try (GgufFile model = GgufFile.open(path);
        TextTokenizer tokenizer = TextTokenizer.ofVocabulary(model.metadata(), 49_152)) {
      List<String> texts = SmallVocabularies.texts();
      for (int i = 0; i < texts.size(); i++) {
        assertThat(tokenizer.tokenize(texts.get(i)).ids())
            .as("%.40s", texts.get(i))
            .isEqualTo(SmallVocabularies.expected("smollm2-135m", i));
      }
      assertThat(tokenizer.prefix("<|im_start|>user\n")).containsExactly(1, 4093, 198);
    }
  }
}

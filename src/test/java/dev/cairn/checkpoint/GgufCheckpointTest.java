package dev.cairn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.gguf.GgufType;
import dev.cairn.model.Golden;
import dev.cairn.model.Layers;
import dev.cairn.model.PromptForm;
import dev.cairn.model.Rope;
import dev.cairn.tokenizer.TextTokenizer;
import dev.cairn.vector.GoldenAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden checkpoints of pretrained decoders as GGUF. */
class GgufCheckpointTest {

  private static final String QWEN2 = "layers-qwen2";
  private static final String LLAMA3 = "layers-llama3";
  private static final int TOKENS = 259;

  @TempDir private Path folder;

  private LayersCheckpointFolder copy(String variant) throws IOException {
    return LayersCheckpointFolder.copy(variant, folder);
  }

  /** With the divisors that stand for Llama 3's scaling where the checkpoint has it. */
  private GgufCopy gguf(String variant, GgufType matrices) throws IOException {
    LayersCheckpointFolder checkpoint = copy(variant);
    Rope rope = checkpoint.open().form().decoder().rope();
    GgufCopy copy = new GgufCopy(checkpoint).sizes().vocabulary(TOKENS).tensors(matrices);
    return rope.divisors().isEmpty() ? copy : copy.divisors(rope.divisors());
  }

  @ParameterizedTest
  @ValueSource(strings = {QWEN2, LLAMA3, "layers-qwen3"})
  void givesTheGoldenAnswer(String variant) throws IOException {
    Path file = gguf(variant, GgufType.F32).write();
    GoldenAnswer.assertGiven(Checkpoint.open(file), variant);
    GoldenAnswer.assertGiven(Checkpoint.open(folder), variant);
  }

  @Test
  void tokenizesAsTheTokenizerThatItWasMadeFrom() throws IOException {
    PromptForm prompt = ((Layers) copy(QWEN2).open().form()).prompt();
    Path file = gguf(QWEN2, GgufType.F32).write();
    try (TextTokenizer tokenizer = TextTokenizer.open(file);
        Golden golden = Golden.open(QWEN2)) {
      assertThat(tokenizer.prefix(prompt.prefix())).isEqualTo(golden.ids("prefix.ids"));
      assertThat(tokenizer.prompt(prompt.question(), "What is the harbour code?"))
          .isEqualTo(golden.ids("prompt.ids"));
    }
  }

  @ParameterizedTest
  @CsvSource({"Q8_0, layers-llama3", "BF16, layers-llama3", "BF16, layers-qwen2"})
  void packedWeightsAnswerAsTheSameNumbersInSafetensors(GgufType type, String variant)
      throws IOException {
    try (Golden golden = Golden.open(variant)) {
      Path file = gguf(variant, type).write();
      GoldenAnswer packed = GoldenAnswer.of(Checkpoint.open(file), golden);
      LayersCheckpointFolder widened =
          copy(variant)
              .model(type == GgufType.BF16 ? EditedTensors::roundMatrices : GgufCopy::widen);
      GoldenAnswer expected = GoldenAnswer.of(widened.open(), golden);
      assertThat(packed.ids()).isEqualTo(expected.ids());
      for (int i = 0; i < expected.logits().length; i++) {
        assertThat(packed.logits()[i]).isCloseTo(expected.logits()[i], within(1e-4f));
      }
    }
  }

  @Test
  void paddingOfTheVocabularyIsNoToken() throws IOException {
    LayersCheckpointFolder padded = copy(QWEN2).model(model -> model.appendRows(41));
    new GgufCopy(padded).sizes().vocabulary(300).tensors(GgufType.F32).write();
    Checkpoint checkpoint = padded.open();
    assertThat(checkpoint.form().decoder().tokens()).isEqualTo(TOKENS);
    GoldenAnswer.assertGiven(checkpoint, QWEN2);
  }

  @Test
  void everyTokenThatItsKeysNameEndsAnAnswer() throws IOException {
    GgufCopy ends = gguf(QWEN2, GgufType.F32);
    ends.bytes()
        .u32("tokenizer.ggml.eos_token_id", 0)
        .u32("tokenizer.ggml.eot_token_id", 2)
        .u32("tokenizer.ggml.eom_token_id", 9);
    Path file = ends.write();
    assertThat(Checkpoint.open(file).form().decoder().endTokens()).containsExactlyInAnyOrder(0, 2);

    Files.delete(folder.resolve("memory.json"));
    assertThat(Checkpoint.form(file).decoder().endTokens()).containsExactlyInAnyOrder(0, 2, 9);
  }

  @Test
  void refusesWhatItCannotComputeByItsKey() throws IOException {
    assertRefused(
        gguf(QWEN2, GgufType.F32).count("expert_count", 8), "qwen2.expert_count must be 0");
    assertRefused(
        gguf(QWEN2, GgufType.F32).count("attention.sliding_window", 16),
        "qwen2.attention.sliding_window");
    assertRefused(
        gguf("layers-qwen3", GgufType.F32).count("rope.dimension_count", 16),
        "qwen3.rope.dimension_count");
    GgufCopy scaled = gguf(LLAMA3, GgufType.F32);
    scaled.bytes().text("llama.rope.scaling.type", "yarn");
    assertRefused(scaled, "llama.rope.scaling.type");
  }

  @Test
  void refusesAnotherArchitectureByItsName() throws IOException {
    LayersCheckpointFolder moe = copy(QWEN2).config(config -> config.put("model_type", "qwen2moe"));
    assertRefused(
        new GgufCopy(moe).sizes().vocabulary(TOKENS).tensors(GgufType.F32),
        "general.architecture",
        "qwen2moe");
  }

  @Test
  void refusesABiasThatNothingAnnounces() throws IOException {
    GgufCopy biased = gguf(QWEN2, GgufType.F32);
    biased.bytes().tensor("blk.3.attn_output.bias", GgufType.F32.id(), new byte[256], 64);
    assertRefused(biased, "self_attn.o_proj.bias");
  }

  private static void assertRefused(GgufCopy copy, String... words) throws IOException {
    Path file = copy.write();
    LayersCheckpointFolder.assertRefused(file, words);
    LayersCheckpointFolder.assertRefused(file, "decoder.gguf");
  }
}

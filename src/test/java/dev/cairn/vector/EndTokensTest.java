package dev.cairn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.LayersCheckpointFolder;
import dev.cairn.engine.Generator;
import dev.cairn.engine.NativeThread;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.FloatMemory;
import dev.cairn.model.Generation;
import dev.cairn.model.Layers;
import dev.cairn.model.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever file names a token that ends an answer, it ends an answer. */
class EndTokensTest {

  private static final String QWEN2 = "layers-qwen2";
  private static final int WIDTH = 64;

  private final NativeThread thread = new NativeThread();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    thread.close(() -> {});
  }

  /** config.json names 2, generation_config.json 0. */
  private LayersCheckpointFolder named() throws IOException {
    return LayersCheckpointFolder.copy(QWEN2, folder)
        .without("memory.json")
        .without(LayersCheckpointFolder.MEMORY)
        .withoutAdapter()
        .json("generation_config.json", file -> file.putArray("eos_token_id").add(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void eachOfThemEndsAnAnswerUnseen(int end) throws IOException {
    Generation before = answer(named().open());
    assertThat(before.tokens()).isNotEmpty();
    int first = before.tokens().getFirst().id();
    LayersCheckpointFolder likeliest =
        named()
            .model(
                model ->
                    model.change("model.embed_tokens.weight", rows -> louder(rows, end, first)));
    Generation answer = answer(likeliest.open());

    assertThat(answer.finishReason()).isEqualTo(Generation.FinishReason.STOP);
    assertThat(answer.tokens()).isEmpty();
  }

  private static float[] louder(float[] rows, int id, int like) {
    for (int i = 0; i < WIDTH; i++) {
      rows[id * WIDTH + i] = 3 * rows[like * WIDTH + i];
    }
    return rows;
  }

  private Generation answer(Checkpoint checkpoint) {
    Layers form = (Layers) checkpoint.form();
    try (VectorEngine engine = new VectorEngine(checkpoint, Kernel.fastest(), 1);
        Generator generator = new Generator(form, engine.decoder(), thread)) {
      return generator.generate(
          new int[] {50, 60, 70}, new FloatMemory(form.chunk()), Sampling.greedy(4), token -> true);
    }
  }

  @Test
  void allThatNameOneCount() throws IOException {
    assertThat(named().open().form().decoder().endTokens()).containsExactlyInAnyOrder(0, 2);
    LayersCheckpointFolder chat =
        named()
            .config(config -> config.put("eos_token_id", 7))
            .json("tokenizer_config.json", file -> file.put("chat_template", "<|im_start|>"));
    assertThat(chat.open().form().decoder().endTokens()).containsExactlyInAnyOrder(0, 2, 7);
  }

  @Test
  void thoseOfMemoryJsonTakeTheirPlace() throws IOException {
    assertThat(stopping("<|im_start|>").open().form().decoder().endTokens()).containsExactly(1);
  }

  @Test
  void refusesOneOfMemoryJsonThatIsNoToken() throws IOException {
    stopping("<|nothing|>").assertRefused("memory.json", "stop names <|nothing|>");
  }

  private LayersCheckpointFolder stopping(String token) throws IOException {
    return named()
        .json(
            "memory.json",
            file -> {
              file.put("format", "cairn-memory").put("version", 1);
              file.putArray("stop").add(token);
            });
  }
}

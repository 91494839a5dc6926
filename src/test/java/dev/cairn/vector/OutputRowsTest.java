package dev.cairn.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.LayersCheckpointFolder;
import dev.cairn.engine.BlockwiseEncoder;
import dev.cairn.engine.Generator;
import dev.cairn.engine.NativeThread;
import dev.cairn.engine.Sampler;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.FloatMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.Layers;
import dev.cairn.model.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of the output that stand for no token, as decoders padded to a round number have them. */
class OutputRowsTest {

  private static final int TOKENS = 259;
  private static final int ROWS = 300;
  private static final int LOUD = 290;
  private static final int WIDTH = 64;

  private final NativeThread thread = new NativeThread();

  @TempDir private Path folder;

  private Golden golden;
  private Checkpoint checkpoint;

  /** Row 290 is three times as likely a direction as that of golden's first id. */
  @BeforeEach
  void pad() throws IOException {
    golden = Golden.open("layers-qwen2");
    int first = golden.ids("greedy.ids")[0];
    checkpoint =
        LayersCheckpointFolder.copy("layers-qwen2", folder)
            .config(config -> config.put("vocab_size", ROWS))
            .model(
                model ->
                    model
                        .appendRows(ROWS - TOKENS)
                        .change("model.embed_tokens.weight", rows -> withLoudRow(rows, first)))
            .open();
  }

  @AfterEach
  void close() throws IOException {
    golden.close();
    thread.close(() -> {});
  }

  private static float[] withLoudRow(float[] rows, int like) {
    for (int i = 0; i < WIDTH; i++) {
      rows[LOUD * WIDTH + i] = 3 * rows[like * WIDTH + i];
    }
    return rows;
  }

  @Test
  void areNeverWritten() {
    GoldenAnswer answer = GoldenAnswer.of(checkpoint, golden);

    assertThat(answer.ids()).isEqualTo(golden.ids("greedy.ids"));
    int loudest = new Sampler(Sampling.greedy(1)).next(answer.logits(), 0, ROWS);
    assertThat(loudest).isEqualTo(LOUD);
    int tokens = checkpoint.form().decoder().tokens();
    Sampler sampler = new Sampler(new Sampling(1, 2, 1, 7));
    for (int draw = 0; draw < 20_000; draw++) {
      int at = draw % answer.ids().length * ROWS;
      assertThat(sampler.next(answer.logits(), at, tokens)).isLessThan(TOKENS);
    }
  }

  @Test
  void areNeverRead() {
    Layers form = (Layers) checkpoint.form();
    int[] prefix = golden.ids("prefix.ids");
    try (VectorEngine engine = new VectorEngine(checkpoint, Kernel.fastest(), 1, prefix);
        Generator generator = new Generator(form, engine.decoder(), thread);
        BlockwiseEncoder encoder = new BlockwiseEncoder(form, thread, engine::documentPass)) {
      for (int id : new int[] {TOKENS, LOUD, 400}) {
        int[] ids = Arrays.copyOf(golden.ids("prompt.ids"), 3);
        ids[1] = id;
        assertThatThrownBy(() -> encoder.encode(ids)).hasMessageContaining("id " + id);
        assertThatThrownBy(
                () ->
                    generator.generate(
                        ids, new FloatMemory(form.chunk()), Sampling.greedy(1), token -> true))
            .hasMessageContaining("id " + id);
      }
    }
  }
}

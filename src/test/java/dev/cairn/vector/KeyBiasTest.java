package dev.cairn.vector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.EditedTensors;
import dev.cairn.checkpoint.LayersCheckpointFolder;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.FloatMemory;
import dev.cairn.model.ForwardingMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Layers;
import dev.cairn.model.Reading;
import dev.cairn.model.ScheduledSequence;
import dev.cairn.model.StoredChunk;
import dev.cairn.segment.PackedChunk;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Biases of keys that dwarf what varies, as Qwen 2.5 has them, cost nothing of what is stored in
 * few bits.
 */
class KeyBiasTest {

  private static final String KEY_BIAS = "model.layers.1.self_attn.k_proj.bias";
  private static final String QUERY = "model.layers.1.self_attn.q_proj.";
  private static final int HEAD_DIM = 16;
  private static final int HEADS = 4;
  private static final int WIDTH = 64;

  /** Channels of both key heads, and what their biases are. */
  private static final int[] CHANNELS = {3, 9, HEAD_DIM + 14};

  private static final float[] BIASES = {211, -137, 111};

  private final Arena arena = Arena.ofShared();
  private final Products products = new Products(Kernel.fastest(), 2);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    products.close();
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void massesStayAsNearAsWithoutThem(KvFormat format) throws IOException {
    double without = distance(checkpoint(false), format);
    double with = distance(checkpoint(true), format);
    assertThat(without).isPositive();
    assertThat(with).isPositive().isLessThan(2 * without);
  }

  private Checkpoint checkpoint(boolean biased) throws IOException {
    return LayersCheckpointFolder.copy("layers-qwen2", folder)
        .model(KeyBiasTest::lowerQueries)
        .model(model -> model.change(KEY_BIAS, bias -> biased ? withBiases(bias) : bias))
        .open();
  }

  private static float[] withBiases(float[] bias) {
    for (int i = 0; i < CHANNELS.length; i++) {
      bias[CHANNELS[i]] = BIASES[i];
    }
    return bias;
  }

  /** So that those channels do not decide alone what is attended to. */
  private static void lowerQueries(EditedTensors model) {
    model
        .change(QUERY + "bias", bias -> lowered(bias, 1))
        .change(QUERY + "weight", rows -> lowered(rows, WIDTH));
  }

  /** Two query heads read one key head. */
  private static float[] lowered(float[] rows, int width) {
    for (int head = 0; head < HEADS; head++) {
      for (int channel : CHANNELS) {
        if (channel / HEAD_DIM == head / 2) {
          int row = head * HEAD_DIM + channel % HEAD_DIM;
          for (int i = row * width; i < (row + 1) * width; i++) {
            rows[i] *= 0.01f;
          }
        }
      }
    }
    return rows;
  }

  /** How far the masses of the prompt's tokens are off that were stored in a format. */
  private double distance(Checkpoint checkpoint, KvFormat format) throws IOException {
    Layers form = (Layers) checkpoint.form();
    try (Golden golden = Golden.open("layers-qwen2")) {
      int[] prefix = golden.ids("prefix.ids");
      LayersNetwork network = LayersNetwork.read(checkpoint, form, prefix, products, arena);
      FloatMemory exact = GoldenAnswer.memory(network, products, golden);
      int[] prompt = golden.ids("prompt.ids");
      float[] expected = masses(network, exact, prompt);
      float[] found = masses(network, stored(exact, form, format), prompt);
      assertThat(found).hasSameSizeAs(expected);
      double sum = 0;
      for (int i = 0; i < found.length; i++) {
        sum += Math.abs(found[i] - expected[i]);
      }
      return sum;
    }
  }

  private static ChunkMemory stored(FloatMemory exact, Layers form, KvFormat format) {
    return new ForwardingMemory(exact) {
      @Override
      public StoredChunk[] hold(int[] chunks) {
        return Arrays.stream(chunks)
            .mapToObj(number -> exact.chunks().get(number))
            .map(each -> PackedChunk.of(form.chunk(), format, each.numbers(), each.validTokens()))
            .toArray(StoredChunk[]::new);
      }
    };
  }

  private float[] masses(LayersNetwork network, ChunkMemory memory, int[] prompt) {
    LayersDecoder decoder = new LayersDecoder(network, products);
    LayersSequence sequence = decoder.open(prompt, prompt.length, memory);
    List<float[]> masses = new ArrayList<>();
    for (int id : prompt) {
      ScheduledSequence scheduled = new ScheduledSequence(sequence, new int[] {id}, true);
      decoder.step(List.of(scheduled));
      Reading reading = requireNonNull(scheduled.prediction()).reading();
      masses.addAll(List.of(reading.mass()));
    }
    float[] all = new float[masses.size() * network.form().chunk().size()];
    for (int i = 0; i < masses.size(); i++) {
      System.arraycopy(masses.get(i), 0, all, i * masses.get(i).length, masses.get(i).length);
    }
    return all;
  }
}

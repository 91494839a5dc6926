package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.cairn.engine.Sampler;
import dev.cairn.kernel.Bfloat16;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.BlockPass;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Sampling;
import dev.cairn.vector.VectorEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tensor of the golden checkpoints, in FP32. */
@ParameterizedClass
@MethodSource("variants")
class GoldenParityTest {

  private static final float TOLERANCE = 1e-4f;

  private final String variant;
  private final Golden golden;
  private final TestNetwork model;
  private final Network network;

  GoldenParityTest(String variant) throws IOException {
    this.variant = variant;
    golden = Golden.open(variant);
    model = TestNetwork.float32(Golden.checkpoint(variant));
    network = model.network;
  }

  static List<String> variants() {
    return List.of(Golden.VARIANTS);
  }

  @AfterEach
  void close() throws IOException {
    model.close();
    golden.close();
  }

  private void inScope(Runnable work) {
    model.inScope(Executors.callable(work));
  }

  @Test
  void lowerStatesOfDocuments() {
    inScope(
        () -> {
          for (String document : List.of("document_a", "document_b")) {
            assertLowerStates(document);
          }
        });
  }

  private void assertLowerStates(String document) {
    int[] ids = golden.ids(document + ".ids");
    List<float[]> states = new ArrayList<>();
    try (DocumentPass pass = new DocumentPass(model.encoding)) {
      for (int[] block : blocks(ids)) {
        float[] all = pass.lower(block, () -> {}).toFloatArray();
        states.add(Arrays.copyOf(all, block.length * network.form().decoder().hiddenSize()));
      }
    }
    assertClose(joined(states), document + ".lower_states");
  }

  private List<int[]> blocks(int[] ids) {
    int length = network.form().blockTokens();
    List<int[]> blocks = new ArrayList<>();
    for (int from = 0; from < ids.length; from += length) {
      blocks.add(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + length)));
    }
    return blocks;
  }

  @Test
  void keysValuesAndLandmarksOfDocuments() {
    inScope(
        () -> {
          for (String document : List.of("document_a", "document_b")) {
            assertChunks(document);
          }
        });
  }

  private void assertChunks(String document) {
    List<float[]> keys = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    List<float[]> landmarks = new ArrayList<>();
    try (DocumentPass pass = new DocumentPass(model.encoding)) {
      for (int[] block : blocks(golden.ids(document + ".ids"))) {
        ChunkEncoder.Encoded encoded = pass.chunks(block, () -> {});
        int chunks = Math.ceilDiv(block.length, network.form().chunk().size());
        keys.add(first(encoded.keys(), chunks));
        values.add(first(encoded.values(), chunks));
        landmarks.add(first(encoded.landmarks(), chunks));
      }
    }
    assertClose(joined(landmarks), document + ".landmarks");
    assertClose(validOnly(joined(keys), document), validOnly(document + ".keys", document));
    assertClose(validOnly(joined(values), document), validOnly(document + ".values", document));
  }

  /** What is stored is BF16: within half of its last place of the reference, and 1e-4. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void chunksOfDocumentsInSteps(boolean vectors) {
    Kernel kernel = vectors ? Kernel.fastest() : Kernel.scalar();
    for (String document : List.of("document_a", "document_b")) {
      try (VectorEngine engine = new VectorEngine(Golden.checkpoint(variant), kernel, 2)) {
        assertStoredChunks(engine.documentPass(), document);
      }
    }
  }

  private void assertStoredChunks(BlockPass pass, String document) {
    List<float[]> keysValues = new ArrayList<>();
    List<float[]> landmarks = new ArrayList<>();
    for (int[] block : blocks(golden.ids(document + ".ids"))) {
      EncodedChunks encoded = pass.encode(block, () -> {});
      keysValues.add(Bfloat16.widen(encoded.keysValues()));
      landmarks.add(Bfloat16.widen(encoded.landmarks()));
    }
    assertStored(joined(landmarks), golden.floats(document + ".landmarks"));
    float[] both = joined(keysValues); // (C, 2, Hm, S, e)
    float[] keys = validOnly(document + ".keys", document);
    float[] values = validOnly(document + ".values", document);
    int half = network.form().chunk().bytes() / Short.BYTES / 2;
    for (int at = 0; at < keys.length; at += half) {
      assertStored(Arrays.copyOfRange(both, 2 * at, 2 * at + half), keys, at);
      assertStored(Arrays.copyOfRange(both, 2 * at + half, 2 * (at + half)), values, at);
    }
  }

  private static void assertStored(float[] stored, float[] expected, int from) {
    assertStored(stored, Arrays.copyOfRange(expected, from, from + stored.length));
  }

  private static void assertStored(float[] stored, float[] expected) {
    assertThat(stored).hasSameSizeAs(expected);
    for (int i = 0; i < stored.length; i++) {
      float rounding = Math.abs(expected[i]) / 256;
      assertThat(stored[i]).isCloseTo(expected[i], within(rounding + TOLERANCE));
    }
  }

  private static float[] first(NDArray array, int chunks) {
    float[] all = array.toFloatArray();
    return Arrays.copyOf(all, all.length / (int) array.getShape().get(0) * chunks);
  }

  private float[] validOnly(String name, String document) {
    return validOnly(golden.floats(name), document);
  }

  /** (C, Hm, S, e) with zeros where no token stands. */
  private float[] validOnly(float[] values, String document) {
    byte[] valid = golden.flags(document + ".valid"); // (C, S)
    int size = network.form().chunk().size();
    int dim = network.form().decoder().heads().headDim();
    int heads = network.form().chunk().heads();
    float[] masked = values.clone();
    for (int i = 0; i < masked.length; i++) {
      int place = i / dim % size;
      int chunk = i / dim / size / heads;
      if (valid[chunk * size + place] == 0) {
        masked[i] = 0;
      }
    }
    return masked;
  }

  @Test
  void promptWithBothDocuments() {
    inScope(
        () -> {
          TensorMemory memory = memory(new float[chunks()]);
          NDArray states = upper(memory);
          assertClose(states.toFloatArray(), "prompt.final_states");
          assertClose(network.logits(states).toFloatArray(), "prompt.logits");
          for (int block = 0; block < network.form().blocks().beforeLayers().size(); block++) {
            assertClose(
                memory.queries.get(block).toFloatArray(), "prompt.retrieval_query." + block);
            assertClose(memory.scores.get(block).toFloatArray(), "prompt.scores." + block);
            assertClose(dense(memory.choices.get(block)), "prompt.weights." + block);
          }
        });
  }

  @Test
  void promptWithPrior() {
    inScope(
        () -> {
          TensorMemory memory = memory(golden.floats("prior.values"));
          assertClose(network.logits(upper(memory)).toFloatArray(), "prior.logits");
          for (int block = 0; block < network.form().blocks().beforeLayers().size(); block++) {
            assertClose(memory.scores.get(block).toFloatArray(), "prior.scores." + block);
          }
        });
  }

  @Test
  void promptWithoutChunks() {
    inScope(
        () -> {
          StoredChunks memory =
              new StoredChunks(
                  new ReadMeter(new ExactChunkMemory(network.form().chunk())),
                  network.form().chunk(),
                  network.manager());
          assertClose(network.logits(upper(memory)).toFloatArray(), "empty_memory.logits");
        });
  }

  @Test
  void lowerStatesOfPrompt() {
    inScope(
        () ->
            assertClose(
                new WholePrompt(network).lower(golden.ids("prompt.ids")).toFloatArray(),
                "prompt.lower_states"));
  }

  @Test
  void greedyAnswer() {
    inScope(() -> assertGreedy(new TensorDecoder(network)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void greedyAnswerInSteps(boolean vectors) {
    Kernel kernel = vectors ? Kernel.fastest() : Kernel.scalar();
    try (VectorEngine engine = new VectorEngine(Golden.checkpoint(variant), kernel, 2)) {
      assertGreedy(engine.decoder());
    }
  }

  private void assertGreedy(AnswerDecoder decoder) {
    int[] expected = golden.ids("greedy.ids");
    DecoderRun run = new DecoderRun(decoder, storedMemory());
    Sampler sampler = new Sampler(Sampling.greedy(expected.length));
    int[] written = new int[expected.length];
    float[] logits = run.read(7, golden.ids("prompt.ids"));
    for (int i = 0; i < written.length; i++) {
      written[i] = sampler.next(logits, 0, logits.length);
      logits = run.read(1, written[i]);
    }
    run.close();
    assertThat(written).isEqualTo(expected);
  }

  /** Keys and values of the stored chunks are BF16, which moves a logit by a hundredth or so. */
  @Test
  void logitsInSteps() {
    try (VectorEngine engine = new VectorEngine(Golden.checkpoint(variant), Kernel.fastest(), 2)) {
      AnswerDecoder decoder = engine.decoder();
      int[] prompt = golden.ids("prompt.ids");
      assertLast(new DecoderRun(decoder, storedMemory()).read(5, prompt), "prompt.logits", 0.05f);
      ExactChunkMemory prior = storedMemory().prior(golden.floats("prior.values"));
      assertLast(new DecoderRun(decoder, prior).read(64, prompt), "prior.logits", 0.05f);
      ExactChunkMemory empty = new ExactChunkMemory(network.form().chunk());
      assertLast(new DecoderRun(decoder, empty).read(1, prompt), "empty_memory.logits", TOLERANCE);
    }
  }

  private void assertLast(float[] logits, String name, float tolerance) {
    float[] all = golden.floats(name);
    assertThat(logits)
        .containsExactly(
            Arrays.copyOfRange(all, all.length - logits.length, all.length), within(tolerance));
  }

  private ExactChunkMemory storedMemory() {
    ExactChunkMemory memory = new ExactChunkMemory(network.form().chunk());
    for (String document : List.of("document_a", "document_b")) {
      memory.add(
          golden.floats(document + ".keys"),
          golden.floats(document + ".values"),
          golden.floats(document + ".landmarks"),
          validTokens(document));
    }
    return memory;
  }

  private NDArray upper(ChunkSource memory) {
    return new WholePrompt(network).upper(memory, golden.ids("prompt.ids"));
  }

  private int chunks() {
    return (int) (golden.shape("document_a.keys")[0] + golden.shape("document_b.keys")[0]);
  }

  private TensorMemory memory(float[] prior) {
    ChunkEncoder.Encoded encoded =
        new ChunkEncoder.Encoded(both(".keys"), both(".values"), both(".landmarks"));
    int[] validTokens = Arrays.copyOf(validTokens("document_a"), chunks());
    int[] second = validTokens("document_b");
    System.arraycopy(second, 0, validTokens, chunks() - second.length, second.length);
    return new TensorMemory(encoded, validTokens, network.manager().create(prior));
  }

  private NDArray both(String tensor) {
    return tensor("document_a" + tensor).concat(tensor("document_b" + tensor), 0);
  }

  private NDArray tensor(String name) {
    return network.manager().create(golden.floats(name), new Shape(golden.shape(name)));
  }

  private int[] validTokens(String document) {
    byte[] valid = golden.flags(document + ".valid");
    int[] counts = new int[(int) golden.shape(document + ".valid")[0]];
    for (int i = 0; i < valid.length; i++) {
      counts[i / network.form().chunk().size()] += valid[i];
    }
    return counts;
  }

  /** (T, C): the weights of the chosen chunks, zeros elsewhere. */
  private float[] dense(ChunkSource.Choice choice) {
    float[] weights =
        ChunkWeighting.weights(network.form().blocks().weights(), choice.scores()).toFloatArray();
    int n = (int) choice.scores().getShape().get(1);
    float[] dense = new float[weights.length / n * chunks()];
    for (int i = 0; i < weights.length; i++) {
      dense[i / n * chunks() + choice.chunks()[i]] = weights[i];
    }
    return dense;
  }

  private static float[] joined(List<float[]> parts) {
    float[] joined = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int end = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, joined, end, part.length);
      end += part.length;
    }
    return joined;
  }

  private void assertClose(float[] actual, String name) {
    assertClose(actual, golden.floats(name));
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    float worst = 0;
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isFinite();
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    assertThat(worst).isLessThanOrEqualTo(TOLERANCE);
  }
}

package dev.cairn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.Layers;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Reading;
import dev.cairn.model.ScheduledSequence;
import dev.cairn.model.Selection;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of a pretrained decoder, against the numbers of the reference. */
@ParameterizedClass
@ValueSource(strings = {"layers-qwen2", "layers-llama3", "layers-qwen3"})
class LayersGoldenTest {

  private static final Offset<Float> WITHIN = Offset.offset(1e-4f);

  private final Arena arena = Arena.ofShared();
  private final Products products = new Products(Kernel.fastest(), 2);
  private final String variant;
  private final Golden golden;
  private final Layers form;
  private final LayersNetwork network;

  LayersGoldenTest(String variant) throws IOException {
    this.variant = variant;
    golden = Golden.open(variant);
    Checkpoint checkpoint = Golden.checkpoint(variant);
    form = (Layers) checkpoint.form();
    network = LayersNetwork.read(checkpoint, form, golden.ids("prefix.ids"), products, arena);
  }

  @AfterEach
  void close() throws IOException {
    golden.close();
    products.close();
    arena.close();
  }

  private void assertClose(float[] found, String name) {
    assertClose(found, golden.floats(name), name);
  }

  private static void assertClose(float[] found, float[] expected, String name) {
    assertThat(found).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("%s at %d", name, i).isCloseTo(expected[i], WITHIN);
    }
  }

  @Test
  void prefix() {
    for (int layer = 0; layer < form.layers(); layer++) {
      KeyValueCache window = network.prefix().window(layer);
      assertClose(keys(window), "prefix.keys." + layer);
      assertClose(values(window), "prefix.values." + layer);
    }
  }

  private float[] keys(KeyValueCache window) {
    int e = form.chunk().headDim();
    float[] all = new float[network.prefix().filled() * form.chunk().heads() * e];
    for (int i = 0; i < all.length; i++) {
      int slot = i / (form.chunk().heads() * e);
      int in = slot % KeyValueCache.BLOCK;
      int block = window.blockAt(i / e % form.chunk().heads(), slot - in);
      all[i] = window.keys()[block + i % e * KeyValueCache.BLOCK + in];
    }
    return all;
  }

  private float[] values(KeyValueCache window) {
    int e = form.chunk().headDim();
    float[] all = new float[network.prefix().filled() * form.chunk().heads() * e];
    for (int i = 0; i < all.length; i++) {
      int slot = i / (form.chunk().heads() * e);
      all[i] = window.values()[window.valueAt(i / e % form.chunk().heads(), slot) + i % e];
    }
    return all;
  }

  @Test
  void documents() {
    for (String name : List.of("document_a", "document_b")) {
      FloatChunks document = document(name);
      for (int layer = form.memoryStart(); layer < form.layers(); layer++) {
        assertClose(
            withBias(document.of(layer - form.memoryStart(), 0), layer), name + ".keys." + layer);
        assertClose(document.of(layer - form.memoryStart(), 1), name + ".values." + layer);
      }
      if (form.retrieval() != null) {
        assertClose(document.landmarks(), name + ".landmarks");
      }
    }
  }

  private FloatChunks document(String name) {
    return FloatChunks.encode(
        new LayersDocumentPass(network, products), form, golden.ids(name + ".ids"));
  }

  private float[] withBias(float[] keys, int layer) {
    Biases<float[]> biases = network.layers().get(layer).attention().biases();
    if (biases != null) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] += biases.key()[i % biases.key().length];
      }
    }
    return keys;
  }

  private FloatMemory memory() {
    return GoldenAnswer.memory(network, products, golden);
  }

  @Test
  void choice() {
    for (int most : new int[] {7, 64}) {
      ChunkChooser chooser = new ChunkChooser(network, products, most);
      int[] prompt = golden.ids("prompt.ids");
      float[] query = chooser.query(prompt);
      if (form.retrieval() != null) {
        float scale = form.retrieval().scale() * (float) Math.sqrt(query.length);
        float[] unscaled = query.clone();
        for (int i = 0; i < unscaled.length; i++) {
          unscaled[i] /= scale;
        }
        assertClose(unscaled, "prompt.retrieval_query");
      }
      FloatMemory memory = memory();
      float[] scores = new float[memory.size()];
      IntStream.range(0, scores.length).forEach(i -> scores[i] = memory.score(query, i));
      assertClose(scores, "prompt.scores");
      Selection chosen = chooser.choose(new ReadMeter(memory), prompt, form.choice().chunks());
      assertThat(chosen.chunks()).isEqualTo(golden.ids("prompt.chosen"));
    }
  }

  @Test
  void logitsAndMassOfEachToken() {
    int[] prompt = golden.ids("prompt.ids");
    List<Reading> readings = new ArrayList<>();
    float[] logits = logits(memory(), prompt, readings);
    assertClose(logits, "prompt.logits");
    float[] mass = golden.floats("prompt.mass");
    float[] found = new float[mass.length];
    int at = 0;
    for (Reading reading : readings) {
      float[] tokens = tokens(reading);
      System.arraycopy(tokens, 0, found, at, tokens.length);
      at += tokens.length;
    }
    assertClose(found, mass, "prompt.mass");
    assertClose(
        logits(new FloatMemory(form.chunk()), prompt, new ArrayList<>()), "empty_memory.logits");
  }

  /** Of the tokens that there are. */
  private float[] tokens(Reading reading) {
    int[] valid = memory().chunks().stream().mapToInt(FloatChunks.Chunk::validTokens).toArray();
    List<Float> masses = new ArrayList<>();
    for (int i = 0; i < reading.chunks().length; i++) {
      for (int token = 0; token < valid[reading.chunks()[i]]; token++) {
        masses.add(reading.mass()[i][token]);
      }
    }
    float[] tokens = new float[masses.size()];
    IntStream.range(0, tokens.length).forEach(i -> tokens[i] = masses.get(i));
    return tokens;
  }

  /** One token a step. */
  private float[] logits(ChunkMemory memory, int[] prompt, List<Reading> readings) {
    int vocabulary = form.decoder().vocabSize();
    float[] all = new float[prompt.length * vocabulary];
    LayersDecoder decoder = new LayersDecoder(network, products);
    LayersSequence sequence = decoder.open(prompt, prompt.length + 24, memory);
    for (int i = 0; i < prompt.length; i++) {
      ScheduledSequence.Prediction predicted = GoldenAnswer.step(decoder, sequence, prompt[i]);
      System.arraycopy(predicted.logits(), predicted.logitsAt(), all, i * vocabulary, vocabulary);
      readings.add(predicted.reading());
    }
    return all;
  }

  @Test
  void greedyAnswer() {
    assertThat(GoldenAnswer.of(Golden.checkpoint(variant), golden).ids())
        .isEqualTo(golden.ids("greedy.ids"));
  }

  @Test
  void kernelsChangeNoBit() {
    Checkpoint checkpoint = Golden.checkpoint(variant);
    assertThat(GoldenAnswer.of(checkpoint, golden, Kernel.scalar()).logits())
        .isEqualTo(GoldenAnswer.of(checkpoint, golden, Kernel.fastest()).logits());
  }
}

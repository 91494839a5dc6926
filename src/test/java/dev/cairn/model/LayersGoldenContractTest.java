package dev.cairn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.cairn.vector.GoldenAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The form of a pretrained decoder, against the numbers of the reference. */
public abstract class LayersGoldenContractTest {

  private static final float WITHIN = 1e-4f;

  protected final Golden golden;
  protected final Layers form;

  protected LayersGoldenContractTest(String variant) throws IOException {
    golden = Golden.open(variant);
    form = (Layers) Golden.checkpoint(variant).form();
  }

  /**
   * Of the prefix, (P, Hk, e).
   *
   * @param values 0 for keys, 1 for values
   */
  protected abstract float[] prefix(int layer, int values);

  /** Keys without the bias that they get when they are laid out. */
  protected abstract FloatChunks encode(int[] ids);

  /** What the keys of a layer get then, (Hk * e); none where there is none. */
  protected abstract float[] keptBias(int layer);

  /** Of a prompt, (r); none where there are none. */
  protected abstract float[] landmark(int[] prompt);

  protected abstract AnswerDecoder decoder();

  @AfterEach
  void closeGolden() throws IOException {
    golden.close();
  }

  private void assertClose(float[] found, String name) {
    float[] expected = golden.floats(name);
    assertThat(found).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= WITHIN)) {
        assertThat(found[i]).as("%s at %d", name, i).isCloseTo(expected[i], offset(WITHIN));
      }
    }
  }

  @Test
  void prefix() {
    for (int layer = 0; layer < form.layers(); layer++) {
      assertClose(prefix(layer, 0), "prefix.keys." + layer);
      assertClose(prefix(layer, 1), "prefix.values." + layer);
    }
  }

  @Test
  void documents() {
    for (String name : List.of("document_a", "document_b")) {
      FloatChunks document = encode(golden.ids(name + ".ids"));
      for (int layer = form.memoryStart(); layer < form.layers(); layer++) {
        int kept = layer - form.memoryStart();
        assertClose(withBias(document.of(kept, 0), layer), name + ".keys." + layer);
        assertClose(document.of(kept, 1), name + ".values." + layer);
      }
      if (form.retrieval() != null) {
        assertClose(document.landmarks(), name + ".landmarks");
      }
    }
  }

  private float[] withBias(float[] keys, int layer) {
    float[] bias = keptBias(layer);
    for (int i = 0; i < keys.length && bias.length > 0; i++) {
      keys[i] += bias[i % bias.length];
    }
    return keys;
  }

  /** Golden's documents and prior. */
  protected final FloatMemory memory() {
    FloatMemory memory = new FloatMemory(form.chunk());
    for (String document : List.of("document_a", "document_b")) {
      memory.add(encode(golden.ids(document + ".ids")));
    }
    return memory.prior(golden.floats("prior.values"));
  }

  @Test
  void choice() {
    int[] prompt = golden.ids("prompt.ids");
    if (form.retrieval() != null) {
      assertClose(landmark(prompt), "prompt.retrieval_query");
    }
    ChooseChunks chooser = new ChooseChunks(form);
    FloatMemory memory = memory();
    float[] query = chooser.query(landmark(prompt));
    float[] scores = new float[memory.size()];
    IntStream.range(0, scores.length).forEach(i -> scores[i] = memory.score(query, i));
    assertClose(scores, "prompt.scores");
    Selection chosen =
        chooser.choose(new ReadMeter(memory), form.choice().chunks(), () -> landmark(prompt));
    assertThat(chosen.chunks()).isEqualTo(golden.ids("prompt.chosen"));
  }

  @Test
  void logitsAndMassOfEachToken() {
    FloatMemory memory = memory();
    List<Reading> readings = new ArrayList<>();
    assertClose(logits(memory, readings), "prompt.logits");
    float[] mass = golden.floats("prompt.mass");
    float[] found = new float[mass.length];
    int at = 0;
    for (Reading reading : readings) {
      float[] tokens = tokens(reading, memory);
      System.arraycopy(tokens, 0, found, at, tokens.length);
      at += tokens.length;
    }
    assertClose(found, "prompt.mass");
  }

  @Test
  void logitsWithoutChunks() {
    assertClose(logits(new FloatMemory(form.chunk()), new ArrayList<>()), "empty_memory.logits");
  }

  /** Of the tokens that there are. */
  private static float[] tokens(Reading reading, FloatMemory memory) {
    List<Float> masses = new ArrayList<>();
    for (int i = 0; i < reading.chunks().length; i++) {
      int valid = memory.chunks().get(reading.chunks()[i]).validTokens();
      for (int token = 0; token < valid; token++) {
        masses.add(reading.mass()[i][token]);
      }
    }
    float[] tokens = new float[masses.size()];
    IntStream.range(0, tokens.length).forEach(i -> tokens[i] = masses.get(i));
    return tokens;
  }

  /** One token a step. */
  private float[] logits(ChunkMemory memory, List<Reading> readings) {
    int[] prompt = golden.ids("prompt.ids");
    int vocabulary = form.decoder().vocabSize();
    float[] all = new float[prompt.length * vocabulary];
    AnswerDecoder decoder = decoder();
    DecodedSequence sequence = decoder.open(prompt, prompt.length + 24, memory);
    for (int i = 0; i < prompt.length; i++) {
      ScheduledSequence.Prediction predicted = GoldenAnswer.step(decoder, sequence, prompt[i]);
      System.arraycopy(predicted.logits(), predicted.logitsAt(), all, i * vocabulary, vocabulary);
      readings.add(predicted.reading());
    }
    decoder.close(sequence);
    return all;
  }

  @Test
  void greedyAnswer() {
    GoldenAnswer answer = GoldenAnswer.greedy(decoder(), form.decoder(), memory(), golden);
    assertThat(answer.ids()).isEqualTo(golden.ids("greedy.ids"));
  }
}

package dev.cairn.vector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.LayersCheckpointFolder;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.FloatMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.Layers;
import dev.cairn.model.ScheduledSequence;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where all layers read all chunks of one block and no adapter is there, what is stored and laid
 * out again is what one plain pass over prefix, document and prompt sees.
 */
class PlainPassTest {

  private final Arena arena = Arena.ofShared();
  private final Products products = new Products(Kernel.fastest(), 2);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    products.close();
    arena.close();
  }

  @ParameterizedTest
  @CsvSource({
    "layers-qwen2, 24",
    "layers-qwen2, 19",
    "layers-llama3, 24",
    "layers-llama3, 19",
    "layers-qwen3, 24",
    "layers-qwen3, 19"
  })
  void readingIsThatOfOnePlainPass(String variant, int tokens) throws IOException {
    try (Golden golden = Golden.open(variant)) {
      LayersNetwork network = network(variant, golden);
      int[] document = Arrays.copyOf(golden.ids("document_a.ids"), tokens);
      int[] prompt = golden.ids("prompt.ids");
      float[] read = readingMemory(network, document, prompt);
      float[] plain = inOnePass(network, document, prompt);
      assertThat(read).hasSameSizeAs(plain);
      for (int i = 0; i < read.length; i++) {
        assertThat(read[i]).as("logit %d", i).isCloseTo(plain[i], within(1e-3f));
      }
    }
  }

  private LayersNetwork network(String variant, Golden golden) throws IOException {
    Checkpoint checkpoint =
        LayersCheckpointFolder.copy(variant, folder)
            .withoutAdapter()
            .json("memory.json", file -> file.put("memory_start", 0))
            .open();
    return LayersNetwork.read(
        checkpoint, (Layers) checkpoint.form(), golden.ids("prefix.ids"), products, arena);
  }

  /** (prompt, V), one token a step. */
  private float[] readingMemory(LayersNetwork network, int[] document, int[] prompt) {
    Layers form = network.form();
    FloatMemory memory = new FloatMemory(form.chunk());
    LayersDocumentPass pass = new LayersDocumentPass(network, products);
    memory.add(EncodeFloats.document(pass, form.blockTokens(), form.chunk(), document));
    LayersDecoder decoder = new LayersDecoder(network, products);
    LayersSequence sequence = decoder.open(prompt, prompt.length, memory);
    int vocabulary = form.decoder().vocabSize();
    float[] logits = new float[prompt.length * vocabulary];
    for (int i = 0; i < prompt.length; i++) {
      ScheduledSequence scheduled = new ScheduledSequence(sequence, new int[] {prompt[i]}, true);
      decoder.step(List.of(scheduled));
      ScheduledSequence.Prediction predicted = requireNonNull(scheduled.prediction());
      assertThat(predicted.reading().chunks()).containsExactly(0, 1, 2);
      int from = predicted.logitsAt();
      System.arraycopy(predicted.logits(), from, logits, i * vocabulary, vocabulary);
    }
    return logits;
  }

  /** (prompt, V). */
  private float[] inOnePass(LayersNetwork network, int[] document, int[] prompt) {
    Layers form = network.form();
    int[] ids = IntStream.concat(IntStream.of(document), IntStream.of(prompt)).toArray();
    int seen = network.prefix().filled() + ids.length;
    CausalText text = CausalText.behind(network.prefix(), form.decoder().heads(), 0, form.layers());
    Activations rows =
        new CausalPass(network, products, ids.length, seen).read(text, ids, form.layers());
    float[] normed = new float[ids.length * form.decoder().hiddenSize()];
    new DecoderLayer(form.decoder(), products, seen)
        .norm(rows.hidden, network.norm(), normed, ids.length);
    int vocabulary = form.decoder().vocabSize();
    float[] logits = new float[ids.length * vocabulary];
    products.multiply(normed, ids.length, network.output(), logits);
    return Arrays.copyOfRange(logits, document.length * vocabulary, logits.length);
  }
}

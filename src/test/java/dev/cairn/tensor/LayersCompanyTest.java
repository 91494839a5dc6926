package dev.cairn.tensor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DamagedMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.ForwardingMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.Layers;
import dev.cairn.model.ScheduledSequence;
import dev.cairn.model.StoredChunk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers and documents of a pretrained decoder beside each other in tensors. */
class LayersCompanyTest {

  private static final int[] PROMPT = {50, 60, 70, 80, 90};

  private final Checkpoint checkpoint = Golden.checkpoint("layers-qwen2");
  private final Layers form = (Layers) checkpoint.form();
  private final NDManager manager;
  private final LayersNetwork network;
  private final LayersDecoder decoder;
  private final int[] document;

  LayersCompanyTest() throws IOException {
    TensorEngine.prepareThread(2);
    manager = NDManager.newBaseManager("PyTorch");
    try (Golden golden = Golden.open("layers-qwen2");
        Weights weights = new Weights(checkpoint, manager)) {
      document = Arrays.copyOf(golden.ids("document_a.ids"), form.blockTokens());
      network =
          LayersNetwork.read(
              checkpoint, form, weights, Linear.Float32::new, golden.ids("prefix.ids"));
    }
    decoder = new LayersDecoder(network);
  }

  @AfterEach
  void close() {
    decoder.close();
    manager.close();
  }

  @Test
  void inBfloat16TheLogitsAreNearly() throws IOException {
    Bfloat16Script script = new Bfloat16Script(manager);
    float[] expected = answer(memory());
    try (Golden golden = Golden.open("layers-qwen2");
        Weights weights = new Weights(checkpoint, manager)) {
      LayersNetwork rounded =
          LayersNetwork.read(
              checkpoint,
              form,
              weights,
              weight -> new Linear.Bfloat16(script.round(weight), script),
              golden.ids("prefix.ids"));
      try (LayersDecoder other = new LayersDecoder(rounded)) {
        DecodedSequence sequence = other.open(PROMPT, PROMPT.length + 10, memory());
        ScheduledSequence scheduled = new ScheduledSequence(sequence, PROMPT, true);
        other.step(List.of(scheduled));
        float[] found = logits(scheduled);
        double error = 0;
        double size = 0;
        for (int i = 0; i < found.length; i++) {
          error += Math.pow(found[i] - expected[i], 2);
          size += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(error / size)).isBetween(1e-6, 0.05);
      }
    }
  }

  private EncodedChunks encode(Runnable betweenLayers) {
    try (LayersDocumentPass pass = new LayersDocumentPass(network)) {
      return pass.encode(document, betweenLayers);
    }
  }

  private ChunkMemory memory() {
    return new ExactChunkMemory(form.chunk()).add(encode(() -> {}));
  }

  private DecodedSequence open(ChunkMemory memory) {
    return decoder.open(PROMPT, PROMPT.length + 10, memory);
  }

  private static float[] logits(ScheduledSequence scheduled) {
    return requireNonNull(scheduled.prediction()).logits();
  }

  private float[] answer(ChunkMemory memory) {
    DecodedSequence sequence = open(memory);
    ScheduledSequence scheduled = new ScheduledSequence(sequence, PROMPT, true);
    decoder.step(List.of(scheduled));
    decoder.close(sequence);
    return logits(scheduled);
  }

  @Test
  void aDocumentIsTheSameWhereAnswersRunBetweenItsLayers() {
    ChunkMemory memory = memory();
    EncodedChunks alone = encode(() -> {});
    EncodedChunks among = encode(() -> answer(memory));
    assertThat(among.keysValues()).isEqualTo(alone.keysValues());
    assertThat(among.landmarks()).isEqualTo(alone.landmarks());
  }

  @Test
  void aTextThatWasClosedIsGivenToAnother() {
    float[] expected = answer(memory());
    DecodedSequence first = open(memory());
    DecodedSequence second = open(new ExactChunkMemory(form.chunk()));
    step(first, second);
    decoder.close(first);
    assertThat(answer(memory())).isEqualTo(expected);
    decoder.close(second);
  }

  private void step(DecodedSequence... sequences) {
    decoder.step(
        Arrays.stream(sequences)
            .map(sequence -> new ScheduledSequence(sequence, PROMPT, true))
            .toList());
  }

  @Test
  void aMemoryThatCannotBeReadFailsItsOwnAnswerAlone() {
    ScheduledSequence sound = new ScheduledSequence(open(memory()), PROMPT, true);
    RuntimeException damage = new IllegalStateException("damaged");
    ScheduledSequence failing =
        new ScheduledSequence(open(new DamagedMemory(memory(), damage)), PROMPT, true);
    decoder.step(List.of(failing, sound));
    assertThat(failing.failure()).isSameAs(damage);
    assertThat(sound.failure()).isNull();
    assertThat(sound.prediction()).isNotNull();
  }

  @Test
  void whatWasProbedIsForgotten() {
    DecodedSequence plain = open(memory());
    DecodedSequence probed = open(memory());
    decoder.step(List.of(new ScheduledSequence(plain, PROMPT, true)));
    ScheduledSequence probe = new ScheduledSequence(probed, PROMPT, true, 7, 8, 9);
    decoder.step(List.of(probe));
    assertThat(logits(probe)).hasSize(4 * form.decoder().vocabSize());
    ScheduledSequence first = new ScheduledSequence(plain, new int[] {33}, true);
    ScheduledSequence second = new ScheduledSequence(probed, new int[] {33}, true);
    decoder.step(List.of(first, second));
    int vocabulary = form.decoder().vocabSize();
    float[] logits = logits(first);
    assertThat(Arrays.copyOfRange(logits, vocabulary, 2 * vocabulary))
        .containsExactly(Arrays.copyOf(logits, vocabulary), within(1e-5f));
  }

  @Test
  void nothingIsLeftBehind() {
    ChunkMemory memory = memory();
    answer(memory);
    int before = arrays();
    for (int i = 0; i < 5; i++) {
      answer(memory);
      encode(() -> {});
    }
    assertThat(arrays()).isEqualTo(before);
  }

  private int arrays() {
    return manager.getManagedArrays().size() + network.manager().getManagedArrays().size();
  }

  @Test
  void chunksOfAQuestionThatIsAskedAgainAreStillOnTheDevice() {
    Keyed memory = new Keyed(memory());
    float[] first = answer(memory);
    int sent = memory.sent;
    assertThat(sent).isPositive();
    assertThat(answer(memory)).isEqualTo(first);
    assertThat(memory.sent).isEqualTo(sent);
  }

  @Test
  void theDeviceKeepsNoMoreChunksThanItMay() {
    Keyed memory = new Keyed(memory());
    long bytes = (long) form.chunk().numbers() * Float.BYTES;
    try (ResidentChunks chunks = new ResidentChunks(network, 2 * bytes);
        TextSlots texts = network.prefix().behind(form.memoryStart(), form.layers())) {
      layOut(chunks, texts, memory, 0, 1);
      layOut(chunks, texts, memory, 1, 2);
      assertThat(memory.sent).isEqualTo(3);
      layOut(chunks, texts, memory, 0, 2);
      assertThat(memory.sent).isEqualTo(4);
    }
  }

  private void layOut(ResidentChunks chunks, TextSlots texts, Keyed memory, int... numbers) {
    chunks.layOut(texts, 0, network.prefixTokens(), memory.hold(numbers));
  }

  /** Tells chunks apart, and counts those that are read. */
  private static final class Keyed extends ForwardingMemory {

    private int sent;

    Keyed(ChunkMemory memory) {
      super(memory);
    }

    @Override
    public StoredChunk[] hold(int[] numbers) {
      StoredChunk[] held = super.hold(numbers);
      return IntStream.range(0, held.length)
          .mapToObj(i -> new Chunk(held[i], numbers[i]))
          .toArray(StoredChunk[]::new);
    }

    private final class Chunk implements StoredChunk {

      private final StoredChunk chunk;
      private final int number;

      Chunk(StoredChunk chunk, int number) {
        this.chunk = chunk;
        this.number = number;
      }

      @Override
      public Integer key() {
        return number;
      }

      @Override
      public MemorySegment keysValues() {
        return chunk.keysValues();
      }

      @Override
      public void widen(float[] numbers, Kernel kernel) {
        sent++;
        chunk.widen(numbers, kernel);
      }

      @Override
      public int validTokens() {
        return chunk.validTokens();
      }

      @Override
      public void close() {
        chunk.close();
      }
    }
  }
}

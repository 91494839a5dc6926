package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DamagedMemory;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.ForwardingMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Generation.FinishReason;
import dev.cairn.model.Golden;
import dev.cairn.model.HeapChunk;
import dev.cairn.model.Hsa;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Reading;
import dev.cairn.model.Sampling;
import dev.cairn.model.StoredChunk;
import dev.cairn.vector.VectorEngine;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a small model: chunks of 8, three chosen ones, a window of 24, blocks of 32. */
class GeneratorTest {

  private static final Checkpoint CHECKPOINT = Golden.checkpoint("tiny");
  private static final TestNetwork MODEL = TestNetwork.float32(CHECKPOINT);
  private static final Hsa FORM = MODEL.network.form();
  private static final int BLOCKS = FORM.blocks().beforeLayers().size();

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 20})
  void readsAllChunksWhenThereAreFewAndTheBestWhenThereAreMany(int chunks) {
    Generation generation = generate(ids(10), memory(chunks), 3);
    for (GeneratedToken token : generation.tokens()) {
      Reading reading = token.reading();
      assertThat(reading.chunks()).isSorted().doesNotHaveDuplicates();
      assertThat(reading.chunks().length)
          .isBetween(Math.min(3, chunks), Math.min(3 * BLOCKS, chunks));
      assertThat(reading.mass()).hasDimensions(reading.chunks().length, FORM.chunk().size());
      assertThat(sum(reading)).isCloseTo(chunks == 0 ? 0 : 1, within(1e-5));
    }
  }

  @Test
  void placesWithoutATokenAreNotRead() {
    ExactChunkMemory memory = new ExactChunkMemory(FORM.chunk());
    addRandom(memory, 1, 5);
    Reading reading = generate(ids(4), memory, 1).tokens().getFirst().reading();
    assertThat(reading.mass()[0][4]).isPositive();
    assertThat(Arrays.copyOfRange(reading.mass()[0], 5, 8)).containsExactly(0, 0, 0);
  }

  @Test
  void whatStandsAtPlacesWithoutATokenHasNoEffect() {
    ExactChunkMemory memory = new ExactChunkMemory(FORM.chunk());
    addRandom(memory, 1, 5);
    ChunkMemory spoiled = new SpoiledPadding(memory);
    assertThat(ids(generate(ids(4), spoiled, 6))).isEqualTo(ids(generate(ids(4), memory, 6)));
  }

  /** Puts NaN where no token stands. */
  private static final class SpoiledPadding extends ForwardingMemory {

    SpoiledPadding(ChunkMemory memory) {
      super(memory);
    }

    @Override
    public StoredChunk[] hold(int[] chunks) {
      return Arrays.stream(super.hold(chunks))
          .map(SpoiledPadding::spoil)
          .toArray(StoredChunk[]::new);
    }

    private static StoredChunk spoil(StoredChunk chunk) {
      byte[] keysValues = chunk.keysValues().toArray(ValueLayout.JAVA_BYTE);
      int place = FORM.chunk().headDim() * Short.BYTES;
      for (int at = 0; at < keysValues.length; at += place) {
        if (at / place % FORM.chunk().size() >= chunk.validTokens()) {
          Arrays.fill(keysValues, at, at + place, (byte) 0xff);
        }
      }
      return new HeapChunk(keysValues, chunk.validTokens());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 24, 32, 33, 64, 65, 100, 200})
  void promptsInPiecesGiveTheLogitsOfOneRun(int length) {
    int[] prompt = ids(length);
    ExactChunkMemory memory = memory(12);
    float[] inOneRun = MODEL.inScope(() -> inOneRun(prompt, memory));
    MODEL.inScope(
        () -> {
          AnswerDecoder tensors = new TensorDecoder(MODEL.network);
          assertLogits(tensors, prompt, memory, FORM.blockTokens(), inOneRun);
          assertLogits(tensors, prompt, memory, 1, inOneRun);
          return null;
        });
    try (VectorEngine engine = new VectorEngine(CHECKPOINT, Kernel.fastest(), 2)) {
      AnswerDecoder steps = engine.decoder();
      assertLogits(steps, prompt, memory, steps.rows(), inOneRun);
      assertLogits(steps, prompt, memory, 1, inOneRun);
      assertLogits(steps, prompt, memory, 7, inOneRun);
    }
  }

  private static float[] inOneRun(int[] prompt, ChunkMemory memory) {
    StoredChunks stored =
        new StoredChunks(new ReadMeter(memory), FORM.chunk(), MODEL.network.manager());
    NDArray states = new WholePrompt(MODEL.network).upper(stored, prompt);
    return MODEL.network.nextLogits(states).toFloatArray();
  }

  private static void assertLogits(
      AnswerDecoder decoder, int[] prompt, ChunkMemory memory, int step, float[] expected) {
    try (DecoderRun run = new DecoderRun(decoder, memory)) {
      assertThat(run.read(step, prompt)).containsExactly(expected, within(1e-3f));
    }
  }

  @Test
  void piecesThreadsAndKernelsChangeNoBitOfALogit() {
    int[] prompt = ids(90);
    ExactChunkMemory memory = memory(12);
    List<float[]> logits = new ArrayList<>();
    for (Kernel kernel : List.of(Kernel.fastest(), Kernel.scalar())) {
      for (int threads : new int[] {1, 2, 3}) {
        try (VectorEngine engine = new VectorEngine(CHECKPOINT, kernel, threads)) {
          AnswerDecoder decoder = engine.decoder();
          for (int step : new int[] {1, 2, 3, 5, 64}) {
            logits.add(new DecoderRun(decoder, memory).read(step, prompt));
          }
        }
      }
    }
    assertThat(logits).allMatch(each -> Arrays.equals(each, logits.getFirst()));
  }

  @Test
  void stopsAtMostTokens() {
    Generation generation = generate(ids(10), memory(5), 4);
    assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(generation.tokens()).hasSize(4);
  }

  @Test
  void stopsAtTheEndTokenAndLeavesItOut() {
    ExactChunkMemory memory = memory(5);
    // Drawn at a high temperature every id comes soon, the end token too.
    Generation generation =
        MODEL.generator().generate(ids(10), memory, new Sampling(5000, 1000, 1, 1), token -> true);
    assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(IntStream.of(ids(generation))).noneMatch(FORM.decoder()::ends);
  }

  @Test
  void stopsAfterTheTokenThatTheSinkRefuses() {
    List<GeneratedToken> told = new ArrayList<>();
    Generation generation =
        MODEL
            .generator()
            .generate(
                ids(10),
                memory(5),
                Sampling.greedy(9),
                token -> {
                  told.add(token);
                  return told.size() < 3;
                });
    assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(generation.tokens()).isEqualTo(told).hasSize(3);
  }

  @Test
  void anInterruptCancels() {
    Generation generation =
        MODEL
            .generator()
            .generate(
                ids(10),
                memory(5),
                Sampling.greedy(9),
                token -> {
                  Thread.currentThread().interrupt();
                  return true;
                });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(generation.tokens()).hasSize(1);
  }

  @Test
  void refusesAnEmptyPromptAndUnknownIds() {
    assertThatIllegalArgumentException().isThrownBy(() -> generate(ids(0), memory(1), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> generate(new int[] {FORM.decoder().vocabSize()}, memory(1), 1));
  }

  @Test
  void aMemoryThatCannotBeReadEndsTheAnswerWithItsOwnError() {
    IllegalStateException damaged = new IllegalStateException("chunk 1 is damaged");
    ChunkMemory failing = new DamagedMemory(memory(5), damaged);
    assertThatThrownBy(() -> generate(ids(10), failing, 1)).isSameAs(damaged);
  }

  @Test
  void costCountsWhatWasDone() {
    Generation.Cost cost = generate(ids(40), memory(20), 6).cost();
    assertThat(cost.promptTokens()).isEqualTo(40);
    // The last token that was written is not read any more.
    assertThat(cost.chunksScored()).isEqualTo((40L + 5) * BLOCKS * 20);
    assertThat(cost.distinctChunksRead()).isBetween(3, 20);
    assertThat(List.of(cost.promptNanos(), cost.scanNanos(), cost.loadNanos(), cost.decodeNanos()))
        .allMatch(nanos -> nanos > 0);
  }

  @Test
  void theSameSeedWritesTheSameAnswer() {
    Sampling sampling = new Sampling(12, 1.5f, 0.9f, 77);
    assertThat(ids(MODEL.generator().generate(ids(10), memory(9), sampling, token -> true)))
        .isEqualTo(ids(MODEL.generator().generate(ids(10), memory(9), sampling, token -> true)));
  }

  @Test
  void answersWrittenAtTheSameTimeAreThoseWrittenAlone() throws Exception {
    List<int[]> prompts = IntStream.rangeClosed(1, 6).mapToObj(i -> ids(7 * i)).toList();
    List<int[]> alone =
        prompts.stream().map(prompt -> ids(generate(prompt, memory(9), 12))).toList();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<int[]>> calls = new ArrayList<>();
      prompts.forEach(prompt -> calls.add(() -> ids(generate(prompt, memory(9), 12))));
      List<Future<int[]>> together = callers.invokeAll(calls);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    }
  }

  private static Generation generate(int[] prompt, ChunkMemory memory, int maxTokens) {
    return MODEL.generator().generate(prompt, memory, Sampling.greedy(maxTokens), token -> true);
  }

  private static int[] ids(Generation generation) {
    return generation.tokens().stream().mapToInt(GeneratedToken::id).toArray();
  }

  private static double sum(Reading reading) {
    double sum = 0;
    for (float[] chunk : reading.mass()) {
      for (float share : chunk) {
        sum += share;
      }
    }
    return sum;
  }

  private static int[] ids(int count) {
    return new Random(5).ints(count, 3, FORM.decoder().vocabSize()).toArray();
  }

  private static ExactChunkMemory memory(int chunks) {
    ExactChunkMemory memory = new ExactChunkMemory(FORM.chunk());
    for (int chunk = 0; chunk < chunks; chunk++) {
      addRandom(memory, chunk, FORM.chunk().size());
    }
    return memory;
  }

  private static void addRandom(ExactChunkMemory memory, int seed, int validTokens) {
    int half = FORM.chunk().bytes() / Short.BYTES / 2;
    memory.add(
        gaussian(seed, half),
        gaussian(seed + 1000, half),
        gaussian(seed + 2000, FORM.chunk().landmarkDim()),
        new int[] {validTokens});
  }

  private static float[] gaussian(int seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

package dev.cairn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.cairn.Together;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Golden;
import dev.cairn.model.Sampling;
import dev.cairn.model.TokenSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A pretrained decoder behind the facade that all use, wherever it is computed. */
@ParameterizedClass
@EnumSource
class PretrainedModelTest {

  private static final Checkpoint CHECKPOINT = Golden.checkpoint("layers-qwen2");

  private static final Map<Place, Model> MODELS = new EnumMap<>(Place.class);

  /** What computes. */
  enum Place {
    VECTORS,
    /** As on a GPU. */
    TENSORS;

    Model load() {
      ComputeSettings settings = new ComputeSettings("cpu", ComputePath.FLOAT32, 2);
      return Model.load(
          CHECKPOINT, settings, this == TENSORS ? Placement::inTensors : Placement::load);
    }
  }

  private final Golden golden = Golden.open("layers-qwen2");
  private final Model model;
  private final ChunkMemory memory;

  PretrainedModelTest(Place place) throws IOException {
    model = MODELS.computeIfAbsent(place, Place::load);
    memory = memory();
  }

  @AfterAll
  static void close() {
    MODELS.values().forEach(Model::close);
    MODELS.clear();
  }

  private ChunkMemory memory() {
    ExactChunkMemory chunks = new ExactChunkMemory(CHECKPOINT.form().chunk());
    encode(golden.ids("document_a.ids"), chunks);
    encode(golden.ids("document_b.ids"), chunks.nextDocument());
    return chunks.prior(golden.floats("prior.values"));
  }

  private void encode(int[] ids, ExactChunkMemory chunks) {
    try (DocumentEncoder encoder = model.encoder()) {
      for (int from = 0; from < ids.length; from += encoder.blockTokens()) {
        int end = Math.min(ids.length, from + encoder.blockTokens());
        chunks.add(encoder.encode(Arrays.copyOfRange(ids, from, end)));
      }
    }
  }

  private Generation answer(int... prompt) {
    return model.generate(prompt, memory, Sampling.greedy(12), token -> true);
  }

  private static List<Integer> ids(Generation generation) {
    return generation.tokens().stream().map(GeneratedToken::id).toList();
  }

  @Test
  void writesTheAnswerOfTheReferenceFromRoundedChunks() {
    int[] expected = Arrays.copyOf(golden.ids("greedy.ids"), 12);
    assertThat(ids(answer(golden.ids("prompt.ids"))))
        .isEqualTo(IntStream.of(expected).boxed().toList());
  }

  @Test
  void readsTheChunksThatTheReferenceChose() {
    Generation generation = answer(golden.ids("prompt.ids"));
    assertThat(generation.tokens().getFirst().reading().chunks())
        .isEqualTo(golden.ids("prompt.chosen"));
    assertThat(generation.cost().distinctChunksRead()).isEqualTo(5);
  }

  @Test
  void tellsTheProbabilityOfAbstainingBeforeTheFirstToken() {
    AtomicReference<Float> told = new AtomicReference<>();
    Generation generation =
        model.generate(
            golden.ids("prompt.ids"),
            memory,
            Sampling.greedy(3),
            new Listener(told, new ArrayList<>()));
    assertThat(told.get()).isEqualTo(generation.abstention()).isBetween(0f, 1f);
    assertThat(generation.tokens())
        .allSatisfy(token -> assertThat(token.logProbability()).isLessThanOrEqualTo(0));
  }

  private record Listener(AtomicReference<Float> told, List<GeneratedToken> tokens)
      implements TokenSink {

    @Override
    public boolean begins(@Nullable Float abstention) {
      assertThat(tokens).isEmpty();
      told.set(abstention);
      return true;
    }

    @Override
    public boolean accept(GeneratedToken token) {
      return tokens.add(token);
    }
  }

  private List<int[]> prompts() {
    int[] whole = golden.ids("document_a.ids");
    return IntStream.range(0, 16).mapToObj(i -> prompt(whole, 3 + i * 19)).toList();
  }

  @Test
  void anAnswerIsTheSameAloneAndAmongOthers() throws Exception {
    List<List<Integer>> alone =
        prompts().stream().map(this::answer).map(PretrainedModelTest::ids).toList();
    List<Callable<List<Integer>>> actions = new ArrayList<>();
    prompts().forEach(prompt -> actions.add(() -> ids(answer(prompt))));
    List<List<Integer>> together = Together.call(actions);
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void answersAreThoseOfTheProcessor() {
    Model processor = MODELS.computeIfAbsent(Place.VECTORS, Place::load);
    for (int[] prompt : prompts()) {
      Generation expected = processor.generate(prompt, memory, Sampling.greedy(12), token -> true);
      Generation found = answer(prompt);
      assertThat(ids(found)).isEqualTo(ids(expected));
      assertThat(found.abstention()).isCloseTo(expected.abstention(), withinPercentage(1));
    }
  }

  private static int[] prompt(int[] ids, int length) {
    return IntStream.range(0, length).map(i -> ids[i % ids.length]).toArray();
  }
}

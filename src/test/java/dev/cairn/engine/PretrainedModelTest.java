package dev.cairn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.Together;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.model.ChunkMemory;
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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A pretrained decoder behind the facade that all use. */
class PretrainedModelTest {

  private static final Checkpoint CHECKPOINT = Golden.checkpoint("layers-qwen2");
  private static final Model MODEL = Model.load(CHECKPOINT, new ComputeSettings("cpu", null, 2));

  private final Golden golden = Golden.open("layers-qwen2");
  private final ChunkMemory memory = memory();

  PretrainedModelTest() throws IOException {}

  @AfterAll
  static void close() {
    MODEL.close();
  }

  private ChunkMemory memory() {
    ExactChunkMemory chunks = new ExactChunkMemory(CHECKPOINT.form().chunk());
    encode(golden.ids("document_a.ids"), chunks);
    encode(golden.ids("document_b.ids"), chunks.nextDocument());
    return chunks.prior(golden.floats("prior.values"));
  }

  private static void encode(int[] ids, ExactChunkMemory chunks) {
    try (DocumentEncoder encoder = MODEL.encoder()) {
      for (int from = 0; from < ids.length; from += encoder.blockTokens()) {
        int end = Math.min(ids.length, from + encoder.blockTokens());
        chunks.add(encoder.encode(Arrays.copyOfRange(ids, from, end)));
      }
    }
  }

  private Generation answer(int... prompt) {
    return MODEL.generate(prompt, memory, Sampling.greedy(12), token -> true);
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
        MODEL.generate(
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

  @Test
  void anAnswerIsTheSameAloneAndAmongOthers() throws Exception {
    int[] whole = golden.ids("document_a.ids");
    List<int[]> prompts = IntStream.range(0, 16).mapToObj(i -> prompt(whole, 3 + i * 19)).toList();
    List<List<Integer>> alone =
        prompts.stream().map(this::answer).map(PretrainedModelTest::ids).toList();
    List<Callable<List<Integer>>> actions = new ArrayList<>();
    prompts.forEach(prompt -> actions.add(() -> ids(answer(prompt))));
    List<List<Integer>> together = Together.call(actions);
    assertThat(together).isEqualTo(alone);
  }

  private static int[] prompt(int[] ids, int length) {
    return IntStream.range(0, length).map(i -> ids[i % ids.length]).toArray();
  }
}

package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.ReferenceAnswer;
import dev.cairn.engine.ContinuousBatch;
import dev.cairn.engine.Model;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Sampling;
import dev.cairn.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the starter checkpoint answers does not depend on what is answered beside it. */
@Tag("slow")
class StarterCompanyTest {

  private static final Path STARTER = Path.of("models/starter");
  private static final Path TEXT = Path.of("src/main/resources/demo/the-empty-house.txt");
  private static final int ANSWERS = 40;
  private static final int MAX_TOKENS = 32;

  @Test
  void aHundredAnswersAreTheSameAloneAndAmongSixteen() throws Exception {
    ComputeSettings settings = new ComputeSettings("cpu", ComputePath.FLOAT32, 2);
    List<int[]> prompts = prompts();
    try (Model model = Model.load(Checkpoint.open(STARTER), settings);
        ExecutorService callers = Executors.newFixedThreadPool(ContinuousBatch.MOST)) {
      List<ExactChunkMemory> memories = List.of(memory(model, 2), memory(model, 9));
      List<Callable<int[]>> questions = new ArrayList<>();
      for (int i = 0; i < ANSWERS; i++) {
        int[] prompt = prompts.get(i % prompts.size());
        ExactChunkMemory memory = memories.get(i / prompts.size() % memories.size());
        questions.add(() -> answer(model, prompt, memory));
      }
      List<int[]> alone = new ArrayList<>();
      for (Callable<int[]> question : questions) {
        alone.add(question.call());
      }
      List<Future<int[]>> together = callers.invokeAll(questions);
      for (int i = 0; i < ANSWERS; i++) {
        assertThat(together.get(i).get()).as("answer %d", i).isEqualTo(alone.get(i));
      }
      assertThat(alone.stream().map(Arrays::toString).distinct().count())
          .as("different answers")
          .isGreaterThan(ANSWERS / 5);
    }
  }

  private static List<int[]> prompts() throws IOException {
    return Files.readAllLines(STARTER.resolve("reference.jsonl")).stream()
        .map(line -> ReferenceAnswer.parse(line).promptIds())
        .toList();
  }

  private static ExactChunkMemory memory(Model model, int blocks) throws IOException {
    ExactChunkMemory memory = new ExactChunkMemory(model.checkpoint().form().chunk());
    try (TextTokenizer tokenizer = TextTokenizer.open(STARTER);
        DocumentEncoder encoder = model.encoder()) {
      int[] ids = tokenizer.tokenize(Files.readString(TEXT)).ids();
      int block = encoder.blockTokens();
      IntStream.range(0, blocks)
          .mapToObj(i -> Arrays.copyOfRange(ids, i * block, (i + 1) * block))
          .forEach(tokens -> memory.add(encoder.encode(tokens)));
    }
    return memory;
  }

  private static int[] answer(Model model, int[] prompt, ChunkMemory memory) {
    return model
        .generate(prompt, memory, Sampling.greedy(MAX_TOKENS), token -> true)
        .tokens()
        .stream()
        .mapToInt(GeneratedToken::id)
        .toArray();
  }
}

package dev.cairn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.RealModels;
import dev.cairn.Together;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Layers;
import dev.cairn.model.Sampling;
import dev.cairn.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the shipped checkpoint answers does not depend on what is answered beside it. */
@Tag("slow")
class ShippedCompanyTest {

  private static final Path TEXT = Path.of("src/main/resources/demo/the-magic-fishbone.txt");
  private static final int MAX_TOKENS = 16;
  private static final List<String> QUESTIONS =
      List.of(
          "How many children did the King and Queen have?",
          "What was the name of the fairy?",
          "What did the King buy at the fishmonger's?",
          "Who was the fishmonger?",
          "How much salmon did the King buy?",
          "What was the Queen's father?",
          "Who took care of the baby?",
          "Who was the eldest child?",
          "What was the old lady dressed in?",
          "What did the old lady smell of?",
          "What is the name of the King?",
          "Who came running after the King?",
          "Who could not see the old lady?",
          "What shines like mother-of-pearl?",
          "What colour was the King's horse?",
          "Where did the King go every day?");

  @Test
  void answersAreTheSameAloneAndAmongSixteen() throws Exception {
    try (Model model =
            Model.load(Checkpoint.open(RealModels.SHIPPED), new ComputeSettings("cpu", null, 2));
        TextTokenizer tokenizer = TextTokenizer.open(RealModels.SHIPPED)) {
      ChunkMemory memory = memory(model, tokenizer);
      List<Callable<List<Integer>>> questions =
          prompts(model, tokenizer).stream()
              .<Callable<List<Integer>>>map(prompt -> () -> answer(model, prompt, memory))
              .toList();
      List<List<Integer>> alone = new ArrayList<>();
      for (Callable<List<Integer>> question : questions) {
        alone.add(question.call());
      }
      assertThat(Together.call(questions)).isEqualTo(alone);
      assertThat(alone.stream().distinct().count()).isGreaterThan(4);
    }
  }

  private static List<int[]> prompts(Model model, TextTokenizer tokenizer) {
    String template = ((Layers) model.form()).prompt().question();
    return QUESTIONS.stream().map(question -> tokenizer.prompt(template, question)).toList();
  }

  private static ChunkMemory memory(Model model, TextTokenizer tokenizer) throws IOException {
    ExactChunkMemory memory = new ExactChunkMemory(model.form().chunk());
    try (DocumentEncoder encoder = model.encoder()) {
      int[] ids = tokenizer.tokenize(Files.readString(TEXT)).ids();
      return memory.add(encoder.encode(Arrays.copyOf(ids, encoder.blockTokens())));
    }
  }

  private static List<Integer> answer(Model model, int[] prompt, ChunkMemory memory) {
    return model
        .generate(prompt, memory, Sampling.greedy(MAX_TOKENS), token -> true)
        .tokens()
        .stream()
        .map(GeneratedToken::id)
        .toList();
  }
}

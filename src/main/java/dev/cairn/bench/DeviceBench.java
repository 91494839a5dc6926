package dev.cairn.bench;

import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Sampling;
import dev.cairn.recall.PriorQuery;
import dev.cairn.recall.QuestionMemories;
import dev.cairn.recall.QuestionMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a device does with a checkpoint: encoding a text, reading a prompt up to the first token of
 * its answer, and each token after it, alone and among others.
 *
 * @param settings the device and the number format
 * @param blocks of the text
 * @param tokens of an answer
 * @param runs answers
 */
public record DeviceBench(
    Path checkpoint,
    @Nullable Path text,
    ComputeSettings settings,
    int blocks,
    int tokens,
    int runs,
    Path folder) {

  private static final int WARM_UP_BLOCKS = 1;

  private static final int TOGETHER = 16;

  /** The settings of a device on all cores of this machine. */
  public static ComputeSettings on(String device, @Nullable ComputePath path) {
    return new ComputeSettings(device, path, Machine.cores());
  }

  public Report run(Consumer<String> progress) throws IOException {
    try (BenchModel model = new BenchModel(checkpoint, settings)) {
      progress.accept("encoding on " + settings.device());
      Spread speed = EncodeBench.tokensPerSecond(model, text, WARM_UP_BLOCKS, blocks);
      List<Row> rows = new ArrayList<>(List.of(Row.of("encoding", speed, "tokens/s")));
      long visible = (long) blocks * model.model().form().blockTokens();
      Shelf shelf = new Shelf(folder);
      progress.accept("encoding %,d tokens to ask".formatted(visible));
      new Library(model, text, visible, KvFormat.BF16).fill(shelf, visible);
      try (QuestionMemories memories = shelf.memories()) {
        int[] prompt = model.prompt(Writers.QUESTION);
        rows.addAll(answers(model, memories, shelf, prompt, progress));
        return Report.of(
            "%s, %s, prompt of %d tokens, %,d visible"
                .formatted(settings.device(), model.model().path(), prompt.length, visible),
            rows);
      }
    }
  }

  private List<Row> answers(
      BenchModel model,
      QuestionMemories memories,
      Shelf shelf,
      int[] prompt,
      Consumer<String> progress) {
    Writers writers = new Writers(model.model(), memories, shelf.documents(), prompt, tokens);
    List<Row> rows = new ArrayList<>();
    progress.accept("answers");
    Spread first = Stopwatch.seconds(1, runs, () -> firstToken(model, memories, shelf, prompt));
    rows.add(Row.of("prompt, to the first token", first.map(each -> each * 1e3), "ms"));
    for (int together : new int[] {1, TOGETHER}) {
      progress.accept("%d answers together".formatted(together));
      writers.write(together);
      double[] rates = new double[runs];
      for (int run = 0; run < runs; run++) {
        rates[run] = tokensPerSecond(writers.write(together));
      }
      String suffix = ", %d answers together".formatted(together);
      Spread rate = Spread.of(rates);
      rows.add(Row.of("one token" + suffix, rate.map(each -> together / each * 1e3), "ms"));
      rows.add(Row.of("writing" + suffix, rate, "tokens/s"));
    }
    return rows;
  }

  /** From the first token that any answer has to the last one. */
  private static double tokensPerSecond(List<List<Long>> answers) {
    long begin = answers.stream().mapToLong(List::getFirst).min().orElseThrow();
    long end = answers.stream().mapToLong(List::getLast).max().orElseThrow();
    int count = answers.stream().mapToInt(times -> times.size() - 1).sum();
    return count / ((end - begin) / 1e9);
  }

  private static void firstToken(
      BenchModel model, QuestionMemories memories, Shelf shelf, int[] prompt) {
    try (QuestionMemory memory = memories.open(shelf.documents(), PriorQuery.NONE)) {
      model.model().generate(prompt, memory, Sampling.greedy(1), token -> false);
    }
  }
}

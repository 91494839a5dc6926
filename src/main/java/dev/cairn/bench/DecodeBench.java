package dev.cairn.bench;

import dev.cairn.checkpoint.WeightCount;
import dev.cairn.model.KvFormat;
import dev.cairn.recall.QuestionMemories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How quickly one answer is written, against the time in which the machine reads the bytes that a
 * token needs: all weights but the encoder's, keys and values of the windows and of the chosen
 * chunks. Then several answers at once against one.
 *
 * @param tokens of an answer
 * @param runs answers
 */
public record DecodeBench(Path checkpoint, @Nullable Path text, int tokens, int runs, Path folder) {

  private static final long VISIBLE_TOKENS = 10_240;

  private static final int[] TOGETHER = {8, 16};

  public Report run(Consumer<String> progress) throws IOException {
    try (BenchModel model = new BenchModel(checkpoint)) {
      Shelf shelf = new Shelf(folder);
      progress.accept("encoding %,d tokens".formatted(VISIBLE_TOKENS));
      new Library(model, text, VISIBLE_TOKENS, KvFormat.BF16).fill(shelf, VISIBLE_TOKENS);
      try (QuestionMemories memories = shelf.memories()) {
        return measure(model, memories, shelf, progress);
      }
    }
  }

  private Report measure(
      BenchModel model, QuestionMemories memories, Shelf shelf, Consumer<String> progress)
      throws IOException {
    int[] prompt = model.prompt(Writers.QUESTION);
    Writers writers = new Writers(model.model(), memories, shelf.documents(), prompt, tokens);
    List<Double> steps = new ArrayList<>();
    List<Double> alone = new ArrayList<>();
    Map<Integer, List<Double>> gains = new TreeMap<>();
    double bandwidth = ReadSum.bytesPerSecond(Machine.cores());
    for (int run = 0; run <= runs; run++) {
      progress.accept("answers %d of %d".formatted(run, runs));
      List<List<Long>> one = writers.write(1);
      double rate = Writers.tokensPerSecond(one);
      for (int together : TOGETHER) {
        double gain = Writers.tokensPerSecond(writers.write(together)) / rate;
        if (run > 0) {
          gains.computeIfAbsent(together, count -> new ArrayList<>()).add(gain);
        }
      }
      if (run > 0) {
        steps.addAll(Writers.secondsBetween(one.getFirst()));
        alone.add(rate);
      }
    }
    bandwidth = Math.max(bandwidth, ReadSum.bytesPerSecond(Machine.cores()));
    long bytes = bytes(model, prompt.length);
    double read = bytes / bandwidth;
    Spread seconds = spread(steps);
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of("read-sum of 1 GiB", Spread.of(bandwidth / 1e9), "GB/s"));
    rows.add(Row.of("bytes that a token needs", Spread.of(bytes / 1e6), "MB"));
    rows.add(
        Row.of("one token", seconds.map(step -> step * 1e3), "ms")
            .with(seconds.map(step -> step / read), "reading these bytes"));
    Spread rate = spread(alone);
    rows.add(Row.of("one answer", rate, "tokens/s"));
    gains.forEach(
        (together, gain) ->
            rows.add(
                Row.of(
                        together + " answers together",
                        spread(gain).map(each -> each * rate.median()),
                        "tokens/s")
                    .with(spread(gain), "one answer")));
    return Report.of(
        "prompt of %d tokens, %,d visible".formatted(prompt.length, VISIBLE_TOKENS), rows);
  }

  private static Spread spread(List<Double> values) {
    return Spread.of(values.stream().mapToDouble(value -> value).toArray());
  }

  private long bytes(BenchModel model, int promptTokens) {
    return WeightCount.bytesOfAnswers(model.model().checkpoint())
        + model.model().form().bytesRead(promptTokens + tokens / 2);
  }
}

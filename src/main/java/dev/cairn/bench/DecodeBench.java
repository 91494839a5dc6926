package dev.cairn.bench;

import dev.cairn.memory.ChunkMemories;
import dev.cairn.memory.KvFormat;
import dev.cairn.memory.QuestionMemory;
import dev.cairn.model.ModelConfig;
import dev.cairn.model.Sampling;
import dev.cairn.model.TensorEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How quickly one answer is written, against the time in which the machine reads the bytes that a
 * token needs: all weights but the encoder's, keys and values of the windows and of the chosen
 * chunks.
 *
 * @param tokens of an answer
 * @param runs answers
 */
public record DecodeBench(Path checkpoint, @Nullable Path text, int tokens, int runs, Path folder) {

  private static final long VISIBLE_TOKENS = 10_240;

  private static final String QUESTION = "Who was found dead in the house, and who had done it?";

  public Report run(Consumer<String> progress) throws IOException {
    try (BenchModel model = new BenchModel(checkpoint, null);
        Shelf shelf = new Shelf(folder)) {
      progress.accept("encoding %,d tokens".formatted(VISIBLE_TOKENS));
      new Library(model, text, VISIBLE_TOKENS, KvFormat.BF16).fill(shelf, VISIBLE_TOKENS);
      try (ChunkMemories memories =
          new ChunkMemories(shelf.store(), Long.MAX_VALUE, 1L << 30, Machine.cores(), 0)) {
        return measure(model, memories, shelf, progress);
      }
    }
  }

  private Report measure(
      BenchModel model, ChunkMemories memories, Shelf shelf, Consumer<String> progress)
      throws IOException {
    int[] prompt = model.tokenizer().prompt(QUESTION);
    List<Double> steps = new ArrayList<>();
    double bandwidth = ReadSum.bytesPerSecond(Machine.cores());
    for (int run = 0; run <= runs; run++) {
      progress.accept("answer %d of %d".formatted(run, runs));
      List<Double> each = write(model, memories, shelf, prompt);
      if (run > 0) {
        steps.addAll(each);
      }
    }
    bandwidth = Math.max(bandwidth, ReadSum.bytesPerSecond(Machine.cores()));
    long bytes = bytes(model, prompt.length);
    double read = bytes / bandwidth;
    Spread seconds = Spread.of(steps.stream().mapToDouble(step -> step).toArray());
    return Report.of(
        "prompt of %d tokens, %,d visible".formatted(prompt.length, VISIBLE_TOKENS),
        List.of(
            Row.of("read-sum of 1 GiB", Spread.of(bandwidth / 1e9), "GB/s"),
            Row.of("bytes that a token needs", Spread.of(bytes / 1e6), "MB"),
            Row.of("one token", seconds.map(step -> step * 1e3), "ms")
                .with(seconds.map(step -> step / read), "reading these bytes")));
  }

  /** Seconds between two tokens. An answer that ends early is written again by other draws. */
  private List<Double> write(BenchModel model, ChunkMemories memories, Shelf shelf, int[] prompt) {
    List<Long> times = new ArrayList<>();
    try (QuestionMemory memory = memories.open(shelf.documents(), null)) {
      for (int seed = 0; times.size() < tokens && seed < 100; seed++) {
        times.clear();
        Sampling sampling = new Sampling(tokens, 1, 1, seed);
        model.model().generate(prompt, memory, sampling, token -> times.add(System.nanoTime()));
      }
    }
    List<Double> steps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      steps.add((times.get(i) - times.get(i - 1)) / 1e9);
    }
    return steps;
  }

  private long bytes(BenchModel model, int promptTokens) throws IOException {
    ModelConfig config = model.model().checkpoint().config();
    long weights =
        model.tensors(name -> !name.startsWith("chunk_encoder.")).stream()
            .mapToLong(TensorEntry::length)
            .sum();
    long place = 2L * config.keyValueHeads() * config.headDim() * Float.BYTES;
    long window = Math.min(config.slidingWindow(), promptTokens + tokens / 2);
    long layers = config.lowerLayers() + config.upperLayers();
    long chunks = (long) config.hsaLayers().size() * config.topK() * config.chunkBytes();
    return weights + layers * window * place + chunks;
  }
}

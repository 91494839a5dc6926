package dev.cairn.bench;

import dev.cairn.lexical.LexicalIndexes;
import dev.cairn.model.Generation;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Sampling;
import dev.cairn.recall.LexicalPrior;
import dev.cairn.recall.PriorQuery;
import dev.cairn.recall.PriorScales;
import dev.cairn.recall.QuestionMemories;
import dev.cairn.recall.QuestionMemory;
import dev.cairn.sentence.SentenceEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * From a question's text to the first token of its answer, with any number of tokens visible:
 * landmarks in memory, keys and values in memory, in the page cache or on the disk.
 *
 * @param sizes tokens visible, ascending
 * @param stored how keys and values are stored
 * @param chunkBytes memory that keeps keys and values
 * @param runs of each question
 * @param folder needs 830 bytes for each token of the largest size
 */
public record FirstTokenBench(
    Path checkpoint,
    @Nullable Path text,
    List<Long> sizes,
    KvFormat stored,
    long chunkBytes,
    int runs,
    Path folder) {

  private static final List<String> QUESTIONS =
      List.of(
          "Who was found dead in the house?",
          "What did the police find in the garden on the second morning?",
          "Why did the visitor leave his umbrella behind?",
          "How long had the house been empty before the family came?",
          "Which of the two brothers wrote the letter that was never sent?");

  private static final int WARM_UPS = 4;

  public Report run(Consumer<String> progress) throws IOException {
    try (BenchModel model = new BenchModel(checkpoint)) {
      Shelf shelf = new Shelf(folder);
      progress.accept("encoding the text");
      Library library = new Library(model, text, sizes.getLast(), stored);
      List<Row> rows = new ArrayList<>();
      for (long size : sizes) {
        progress.accept("making documents of %,d tokens".formatted(size));
        library.fill(shelf, size);
        progress.accept("asking %,d tokens".formatted(size));
        measure(model, shelf, size, rows);
      }
      return Report.of(
          "%d questions, %d times each, %s, stored %s, %,d MB for keys and values"
              .formatted(
                  QUESTIONS.size(),
                  runs,
                  model.sentences().isPresent() ? "attention+sentence+lexical" : "attention",
                  stored,
                  chunkBytes >> 20),
          rows);
    }
  }

  private void measure(BenchModel model, Shelf shelf, long size, List<Row> rows)
      throws IOException {
    String suffix = ", %,d tokens visible".formatted(size);
    try (LexicalIndexes indexes = new LexicalIndexes(shelf.wordsFolder(), shelf.files().size());
        QuestionMemories memories = memories(model, shelf, indexes)) {
      Asking asking = new Asking(model, memories, shelf);
      rows.add(Row.of("loading landmarks" + suffix, Spread.of(asking.load()), "s"));
      rows.add(Row.of("indexing words" + suffix, Spread.of(asking.index()), "s"));
      for (int i = 0; i < WARM_UPS; i++) {
        QUESTIONS.forEach(asking::ask);
      }
      rows.add(row("chunks in memory" + suffix, asking, () -> {}));
      rows.add(row("chunks in the page cache" + suffix, asking, memories::clearChunks));
      if (PageCache.canDrop()) {
        rows.add(
            row(
                "page cache dropped" + suffix,
                asking,
                () -> {
                  memories.clearChunks();
                  PageCache.drop(shelf.files());
                }));
      }
      rows.addAll(asking.stages(suffix));
    }
  }

  private QuestionMemories memories(BenchModel model, Shelf shelf, LexicalIndexes indexes) {
    float sentences = model.sentences().map(SentenceEncoder::scale).orElse(0f);
    return shelf.memories(
        DataSize.ofBytes(chunkBytes),
        Machine.cores(),
        new LexicalPrior(indexes, shelf.store(), model.tokenizer()),
        new PriorScales(sentences, PriorScales.words(model.model().form())));
  }

  private Row row(String what, Asking asking, Runnable before) {
    double[] seconds =
        QUESTIONS.stream()
            .flatMapToDouble(
                question ->
                    DoubleStream.generate(
                            () -> {
                              before.run();
                              return asking.ask(question);
                            })
                        .limit(runs))
            .toArray();
    return Row.of(what, Spread.of(seconds).map(each -> each * 1e3), "ms");
  }

  /** Asks as a server does, without HTTP and catalogue. */
  private record Asking(BenchModel model, QuestionMemories memories, Shelf shelf) {

    /** Seconds until all landmarks are in memory. */
    double load() {
      return Stopwatch.seconds(() -> memories.open(shelf.documents(), PriorQuery.NONE).close());
    }

    /** Seconds until the words of all chunks are indexed. */
    double index() {
      PriorQuery words = new PriorQuery(null, QUESTIONS.getFirst());
      return Stopwatch.seconds(() -> memories.open(shelf.documents(), words).close());
    }

    /** As a server asks for a checkpoint with a sentence encoder, and for one without. */
    private PriorQuery query(String question, float @Nullable [] embedding) {
      return new PriorQuery(embedding, embedding == null ? null : question);
    }

    private float @Nullable [] embed(String question) {
      return model.sentences().map(each -> each.embedQuestion(question)).orElse(null);
    }

    /** Seconds from the text to the first token. */
    double ask(String question) {
      long begin = System.nanoTime();
      List<Double> seconds = new ArrayList<>();
      int[] prompt = model.tokenizer().prompt(question);
      float[] embedding = embed(question);
      try (QuestionMemory memory = memories.open(shelf.documents(), query(question, embedding))) {
        model
            .model()
            .generate(
                prompt,
                memory,
                Sampling.greedy(1),
                token -> {
                  seconds.add(Stopwatch.since(begin));
                  return false;
                });
      }
      return seconds.isEmpty() ? Stopwatch.since(begin) : seconds.getFirst();
    }

    /** Where the time goes, chunks in memory. */
    List<Row> stages(String suffix) {
      String question = QUESTIONS.getFirst();
      long begin = System.nanoTime();
      int[] prompt = model.tokenizer().prompt(question);
      float[] embedding = embed(question);
      double embed = Stopwatch.since(begin);
      begin = System.nanoTime();
      try (QuestionMemory memory = memories.open(shelf.documents(), query(question, embedding))) {
        double open = Stopwatch.since(begin);
        Generation.Cost cost =
            model.model().generate(prompt, memory, Sampling.greedy(1), token -> false).cost();
        return List.of(
            stage("of it, tokens and embedding" + suffix, embed),
            stage("of it, opening and prior" + suffix, open),
            stage("of it, scan" + suffix, cost.scanNanos() / 1e9),
            stage("of it, chunks" + suffix, cost.loadNanos() / 1e9),
            stage("of it, prompt" + suffix, cost.promptNanos() / 1e9));
      }
    }

    private static Row stage(String what, double seconds) {
      return Row.of(what, Spread.of(seconds * 1e3), "ms");
    }
  }
}

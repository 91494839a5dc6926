package dev.cairn.bench;

import dev.cairn.lexical.LexicalIndexes;
import dev.cairn.model.KvFormat;
import dev.cairn.recall.QuestionMemories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * From a question's text to the first token of its answer, with any number of tokens visible:
 * landmarks in memory, keys and values in memory, in the page cache or on the disk.
 *
 * @param sizes tokens visible, ascending
 * @param stored how keys and values are stored; null for what suits the checkpoint
 * @param chunkBytes memory that keeps keys and values
 * @param runs of each question
 * @param folder needs room for the largest size, as it is stored
 */
public record FirstTokenBench(
    Path checkpoint,
    @Nullable Path text,
    List<Long> sizes,
    @Nullable KvFormat stored,
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
      KvFormat format = stored == null ? KvFormat.suiting(model.model().form()) : stored;
      Library library = new Library(model, text, sizes.getLast(), format);
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
                  format,
                  chunkBytes >> 20),
          rows);
    }
  }

  private void measure(BenchModel model, Shelf shelf, long size, List<Row> rows)
      throws IOException {
    String suffix = ", %,d tokens visible".formatted(size);
    try (LexicalIndexes indexes = new LexicalIndexes(shelf.wordsFolder(), shelf.files().size());
        QuestionMemories memories = Asking.memories(model, shelf, indexes, chunkBytes)) {
      Asking asking = new Asking(model, memories, shelf);
      rows.add(Row.of("loading landmarks" + suffix, Spread.of(asking.load()), "s"));
      rows.add(
          Row.of("indexing words" + suffix, Spread.of(asking.index(QUESTIONS.getFirst())), "s"));
      for (int i = 0; i < WARM_UPS; i++) {
        QUESTIONS.forEach(asking::firstToken);
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
      rows.addAll(asking.stages(QUESTIONS.getFirst(), suffix));
    }
  }

  private Row row(String what, Asking asking, Runnable before) {
    double[] seconds =
        QUESTIONS.stream()
            .flatMapToDouble(
                question ->
                    DoubleStream.generate(
                            () -> {
                              before.run();
                              return asking.firstToken(question);
                            })
                        .limit(runs))
            .toArray();
    return Row.of(what, Spread.of(seconds).map(each -> each * 1e3), "ms");
  }
}

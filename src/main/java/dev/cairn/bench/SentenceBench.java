package dev.cairn.bench;

import dev.cairn.model.DocumentEncoder;
import dev.cairn.sentence.SentenceEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What sentence landmarks add to the time in which a document is encoded: on one thread beside the
 * encoder, and in turn on all threads.
 *
 * @param blocks of the document
 * @param runs of the whole comparison
 */
public record SentenceBench(Path checkpoint, @Nullable Path text, int blocks, int runs) {

  public Report run(Consumer<String> progress) throws IOException {
    try (BenchModel model = new BenchModel(checkpoint);
        SentenceEncoder one = model.sentences(1).orElseThrow(() -> noSentences())) {
      SentenceEncoder all = model.sentences().orElseThrow();
      int[][] document = document(model);
      double[] beside = new double[runs];
      double[] inTurn = new double[runs];
      double[] alone = new double[runs];
      encode(model, document);
      all.embedChunks(model.texts(document[0]));
      for (int run = 0; run < runs; run++) {
        progress.accept("run %d of %d".formatted(run + 1, runs));
        alone[run] = encode(model, document);
        double together = together(model, one, document);
        double embedding = embed(model, all, document);
        beside[run] = Math.max(0, together - alone[run]) / together;
        inTurn[run] = embedding / (alone[run] + embedding);
      }
      return Report.of(
          "%d blocks, path %s".formatted(blocks, model.model().path()),
          List.of(
              Row.of("encoding without sentence landmarks", Spread.of(alone), "s"),
              Row.of("their share, one thread beside the encoder", Spread.of(beside), "share"),
              Row.of("their share, in turn on all threads", Spread.of(inTurn), "share")));
    }
  }

  private IllegalStateException noSentences() {
    return new IllegalStateException(checkpoint + " names no sentence encoder");
  }

  private int[][] document(BenchModel model) throws IOException {
    try (DocumentEncoder encoder = model.model().encoder()) {
      int length = encoder.blockTokens();
      int[] tokens = model.tokens(text, blocks, length);
      int[][] document = new int[blocks][];
      Arrays.setAll(document, i -> Arrays.copyOfRange(tokens, i * length, (i + 1) * length));
      return document;
    }
  }

  private static double encode(BenchModel model, int[][] document) {
    try (DocumentEncoder encoder = model.model().encoder()) {
      return Stopwatch.seconds(() -> Arrays.stream(document).forEach(encoder::encode));
    }
  }

  private static double embed(BenchModel model, SentenceEncoder sentences, int[][] document) {
    return Stopwatch.seconds(
        () -> Arrays.stream(document).forEach(block -> sentences.embedChunks(model.texts(block))));
  }

  private static double together(BenchModel model, SentenceEncoder sentences, int[][] document) {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      return Stopwatch.seconds(
          () -> {
            Future<?> embedding = thread.submit(() -> embed(model, sentences, document));
            encode(model, document);
            Waiting.until(embedding);
          });
    }
  }
}

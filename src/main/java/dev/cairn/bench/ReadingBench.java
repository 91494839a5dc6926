package dev.cairn.bench;

import dev.cairn.bench.Asking.Asked;
import dev.cairn.lexical.LexicalIndexes;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Layers;
import dev.cairn.recall.QuestionMemories;
import dev.cairn.segment.SegmentIdentity;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.segment.SegmentWriter;
import dev.cairn.store.StagedBlob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an answer costs that reads stored chunks, against one that has the very same chunks as text
 * in its prompt, as retrieval-augmented generation has. Choosing them is counted on the first side
 * alone.
 *
 * @param text a document; null for the bundled one
 * @param questions null for the bundled ones
 * @param runs of each question
 */
public record ReadingBench(
    Path checkpoint, @Nullable Path text, @Nullable Path questions, int runs, Path folder) {

  private static final int ANSWER_TOKENS = 24;

  private static final int MOST_CHUNKS = 1024;

  private static final long CHUNK_BYTES = 1L << 30;

  /** One question, asked both ways. */
  private record Pair(Asked stored, Asked asText) {

    double ratio(ToDoubleFunction<Asked> cost) {
      return cost.applyAsDouble(asText) / cost.applyAsDouble(stored);
    }
  }

  /**
   * @throws IllegalArgumentException when the checkpoint is of a form that sees a window of its
   *     prompt alone
   */
  public Report run(Consumer<String> progress) throws IOException {
    try (BenchModel model = new BenchModel(checkpoint)) {
      if (!(model.model().form() instanceof Layers)) {
        throw new IllegalArgumentException(
            "a checkpoint of the form %s cannot be given chunks as text"
                .formatted(model.model().form().name()));
      }
      progress.accept("encoding the text");
      int[] ids = ids(model);
      Shelf shelf = new Shelf(folder);
      shelf.add(
          model.fingerprint(format(model)).sha256(),
          (blob, identity) -> write(model, ids, blob, identity));
      return measure(model, shelf, ids, progress);
    }
  }

  private int[] ids(BenchModel model) throws IOException {
    int[] all = model.tokens(text);
    int most = MOST_CHUNKS * model.model().form().chunk().size();
    return all.length > most ? Arrays.copyOf(all, most) : all;
  }

  private static KvFormat format(BenchModel model) {
    return KvFormat.suiting(model.model().form());
  }

  private static SegmentManifest write(
      BenchModel model, int[] ids, StagedBlob blob, SegmentIdentity identity) throws IOException {
    int chunks = model.model().form().chunk().chunks(ids.length);
    SegmentWriter segment = new SegmentWriter(blob, identity, model.shape(chunks, format(model)));
    try (DocumentEncoder encoder = model.model().encoder()) {
      int length = encoder.blockTokens();
      for (int from = 0; from < ids.length; from += length) {
        int[] block = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + length));
        EncodedBlock.of(model, encoder, block).appendTo(segment);
      }
    }
    return segment.finish();
  }

  private Report measure(BenchModel model, Shelf shelf, int[] ids, Consumer<String> progress)
      throws IOException {
    List<Pair> pairs = new ArrayList<>();
    List<String> asked = model.questions(questions);
    try (LexicalIndexes indexes = new LexicalIndexes(shelf.wordsFolder(), 1);
        QuestionMemories memories = Asking.memories(model, shelf, indexes, CHUNK_BYTES)) {
      Asking asking = new Asking(model, memories, shelf);
      pair(asking, ids, asked.getFirst());
      for (String question : asked) {
        for (int run = 0; run < runs; run++) {
          Pair pair = pair(asking, ids, question);
          pairs.add(pair);
          if (run == 0) {
            progress.accept(told(model, question, pair));
          }
        }
      }
    }
    return Report.of(
        "%d questions of %,d tokens, %d times each".formatted(asked.size(), ids.length, runs),
        rows(pairs));
  }

  private static Pair pair(Asking asking, int[] ids, String question) {
    Asked stored = asking.ask(question, ANSWER_TOKENS);
    int[] text = read(asking.model(), ids, stored);
    return new Pair(stored, asking.askOfText(text, question, ANSWER_TOKENS));
  }

  /** The tokens of the chunks that an answer read, in their order. */
  private static int[] read(BenchModel model, int[] ids, Asked asked) {
    int size = model.model().form().chunk().size();
    return IntStream.of(asked.generation().tokens().getFirst().reading().chunks())
        .flatMap(chunk -> IntStream.range(chunk * size, Math.min(ids.length, (chunk + 1) * size)))
        .map(at -> ids[at])
        .toArray();
  }

  private static String told(BenchModel model, String question, Pair pair) {
    return "%s%n  stored chunks: %s%n  as text:       %s"
        .formatted(question, answer(model, pair.stored), answer(model, pair.asText));
  }

  private static String answer(BenchModel model, Asked asked) {
    return model.tokenizer().decode(answerIds(asked));
  }

  private static int[] answerIds(Asked asked) {
    return asked.generation().tokens().stream().mapToInt(GeneratedToken::id).toArray();
  }

  private static List<Row> rows(List<Pair> pairs) {
    double same =
        pairs.stream()
            .filter(pair -> Arrays.equals(answerIds(pair.stored), answerIds(pair.asText)))
            .count();
    return List.of(
        Row.of("first token, stored chunks", millis(pairs, Pair::stored), "ms"),
        Row.of("first token, the same chunks as text", millis(pairs, Pair::asText), "ms")
            .with(spread(pairs, pair -> pair.ratio(Asked::firstToken)), "stored chunks"),
        Row.of("tokens computed, stored chunks", tokens(pairs, Pair::stored), "tokens"),
        Row.of("tokens computed, the same chunks as text", tokens(pairs, Pair::asText), "tokens")
            .with(spread(pairs, pair -> pair.ratio(Asked::promptTokens)), "stored chunks"),
        Row.of("the same answer", Spread.of(same / pairs.size()), "share"));
  }

  private static Spread millis(List<Pair> pairs, Function<Pair, Asked> side) {
    return spread(pairs, pair -> side.apply(pair).firstToken() * 1e3);
  }

  private static Spread tokens(List<Pair> pairs, Function<Pair, Asked> side) {
    return spread(pairs, pair -> side.apply(pair).promptTokens());
  }

  private static Spread spread(List<Pair> pairs, ToDoubleFunction<Pair> value) {
    return Spread.of(pairs.stream().mapToDouble(value).toArray());
  }
}

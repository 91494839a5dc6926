package dev.cairn.bench;

import dev.cairn.lexical.LexicalIndexes;
import dev.cairn.model.Generation;
import dev.cairn.model.Sampling;
import dev.cairn.recall.LexicalPrior;
import dev.cairn.recall.PriorQuery;
import dev.cairn.recall.PriorScales;
import dev.cairn.recall.QuestionMemories;
import dev.cairn.recall.QuestionMemory;
import dev.cairn.sentence.SentenceEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Asks all documents of a shelf as a server does, without HTTP and catalogue. */
record Asking(BenchModel model, QuestionMemories memories, Shelf shelf) {

  /**
   * What came back.
   *
   * @param firstToken seconds from the question's text to it
   */
  record Asked(double firstToken, int promptTokens, Generation generation) {}

  /** Memories that weigh sentences and words as the checkpoint asks for. */
  static QuestionMemories memories(
      BenchModel model, Shelf shelf, LexicalIndexes indexes, long chunkBytes) {
    float sentences = model.sentences().map(SentenceEncoder::scale).orElse(0f);
    return shelf.memories(
        DataSize.ofBytes(chunkBytes),
        Machine.cores(),
        new LexicalPrior(indexes, shelf.store(), model.tokenizer()),
        new PriorScales(sentences, PriorScales.words(model.model().form())));
  }

  /** Seconds until all landmarks are in memory. */
  double load() {
    return Stopwatch.seconds(() -> memories.open(shelf.documents(), PriorQuery.NONE).close());
  }

  /** Seconds until the words of all chunks are indexed. */
  double index(String question) {
    PriorQuery words = new PriorQuery(null, question);
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
  double firstToken(String question) {
    return ask(question, 1).firstToken();
  }

  Asked ask(String question, int tokens) {
    long begin = System.nanoTime();
    int[] prompt = model.prompt(question);
    PriorQuery query = query(question, embed(question));
    try (QuestionMemory memory = memories.open(shelf.documents(), query)) {
      return ask(begin, prompt, memory, tokens);
    }
  }

  /** A question behind a text in its prompt; nothing stored is read. */
  Asked askOfText(int[] text, String question, int tokens) {
    long begin = System.nanoTime();
    int[] prompt =
        IntStream.concat(IntStream.of(text), IntStream.of(model.prompt(question))).toArray();
    try (QuestionMemory nothing = memories.open(List.of(), PriorQuery.NONE)) {
      return ask(begin, prompt, nothing, tokens);
    }
  }

  private Asked ask(long begin, int[] prompt, QuestionMemory memory, int tokens) {
    List<Double> seconds = new ArrayList<>();
    Generation generation =
        model
            .model()
            .generate(
                prompt,
                memory,
                Sampling.greedy(tokens),
                token -> {
                  seconds.add(Stopwatch.since(begin));
                  return seconds.size() < tokens;
                });
    double first = seconds.isEmpty() ? Stopwatch.since(begin) : seconds.getFirst();
    return new Asked(first, prompt.length, generation);
  }

  /** Where the time to the first token goes, chunks in memory. */
  List<Row> stages(String question, String suffix) {
    long begin = System.nanoTime();
    int[] prompt = model.prompt(question);
    float[] embedding = embed(question);
    double embed = Stopwatch.since(begin);
    begin = System.nanoTime();
    try (QuestionMemory memory = memories.open(shelf.documents(), query(question, embedding))) {
      double open = Stopwatch.since(begin);
      Generation.Cost cost = ask(begin, prompt, memory, 1).generation().cost();
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

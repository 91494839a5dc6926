package dev.cairn.bench;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.engine.Model;
import dev.cairn.model.Sampling;
import dev.cairn.recall.PriorQuery;
import dev.cairn.recall.QuestionMemories;
import dev.cairn.recall.QuestionMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Writes answers of the same length at the same time.
 *
 * @param tokens of each answer
 */
record Writers(
    Model model,
    QuestionMemories memories,
    List<VisibleDocument> documents,
    int[] prompt,
    int tokens) {

  /** What is asked; the answer is drawn, whatever the text says. */
  static final String QUESTION = "Who was found dead in the house, and who had done it?";

  private static final int DRAWS = 100;

  /** All tokens are then as likely as the end token, which would come too soon otherwise. */
  private static final float TEMPERATURE = 1000;

  /** When each token of each answer came, in nanoseconds. */
  List<List<Long>> write(int answers) {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<List<Long>>> running = new ArrayList<>();
      for (int i = 0; i < answers; i++) {
        long firstSeed = (long) i * DRAWS;
        running.add(CompletableFuture.supplyAsync(() -> write(firstSeed), callers));
      }
      return running.stream().map(CompletableFuture::join).toList();
    }
  }

  /** An answer that ends early is written again by other draws. */
  private List<Long> write(long firstSeed) {
    List<Long> times = new ArrayList<>();
    try (QuestionMemory memory = memories.open(documents, PriorQuery.NONE)) {
      for (long seed = firstSeed; times.size() < tokens && seed < firstSeed + DRAWS; seed++) {
        times.clear();
        Sampling sampling = new Sampling(tokens, TEMPERATURE, 1, seed);
        model.generate(prompt, memory, sampling, token -> times.add(System.nanoTime()));
      }
    }
    return times;
  }

  /** While all of the answers are being written. */
  static double tokensPerSecond(List<List<Long>> answers) {
    long begin = answers.stream().mapToLong(List::getFirst).max().orElseThrow();
    long end = answers.stream().mapToLong(List::getLast).min().orElseThrow();
    long count =
        answers.stream().flatMap(List::stream).filter(time -> time > begin && time <= end).count();
    return count / ((end - begin) / 1e9);
  }

  static List<Double> secondsBetween(List<Long> times) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      seconds.add((times.get(i) - times.get(i - 1)) / 1e9);
    }
    return seconds;
  }
}

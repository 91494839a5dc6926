package dev.cairn.bench;

import dev.cairn.model.Selection;
import dev.cairn.recall.PriorQuery;
import dev.cairn.recall.PriorScales;
import dev.cairn.recall.QuestionMemories;
import dev.cairn.recall.QuestionMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.util.unit.DataSize;

/**
 * How quickly all landmarks are scanned, against the speed at which the machine reads memory; and
 * how many of the true best chunks the scan finds. Landmarks are random.
 *
 * @param chunks how many landmarks, rounded up to whole segments
 * @param topK how many each query wants
 */
public record ScanBench(int chunks, int topK, int threads, Path folder) {

  private static final int DIM = 384;

  private static final int PROMPT_QUERIES = 24;

  private static final int WARM_UPS = 40;

  private static final int RUNS = 25;

  private static final float PRIOR_SCALE = 20;

  private static final String BASELINE = "read-sum time";

  /**
   * @throws IOException when the folder has no room
   */
  public Report run(Consumer<String> progress) throws IOException {
    Shelf shelf = new Shelf(folder);
    progress.accept("making %,d landmarks".formatted(chunks));
    RandomSegments segments = new RandomSegments(DIM);
    while (shelf.chunks() < chunks) {
      shelf.add("0", segments.next());
    }
    List<Row> rows = new ArrayList<>();
    for (int count = 1; count <= threads; count *= 2) {
      progress.accept("scanning with %d thread(s)".formatted(count));
      measure(shelf, count, rows);
    }
    progress.accept("comparing with an exact scan");
    rows.add(recall(shelf, segments));
    return Report.of(
        "%,d landmarks of %d numbers, the best %d of each query"
            .formatted(shelf.chunks(), DIM, topK),
        rows);
  }

  private void measure(Shelf shelf, int count, List<Row> rows) {
    Random random = new Random(1);
    float[] question = RandomSegments.unit(DIM, random);
    float[][] one = {RandomSegments.vector(DIM, random)};
    float[][] prompt = new float[PROMPT_QUERIES][];
    Arrays.setAll(prompt, i -> RandomSegments.vector(DIM, random));
    String suffix = ", %d thread(s)".formatted(count);
    try (QuestionMemories memories = memories(shelf, count);
        QuestionMemory plain = memories.open(shelf.documents(), PriorQuery.NONE);
        QuestionMemory moved = memories.open(shelf.documents(), PriorQuery.ofEmbedding(question))) {
      double before = ReadSum.bytesPerSecond(count);
      Spread scan = seconds(() -> plain.select(one, topK));
      Spread withPrior = seconds(() -> moved.select(one, topK));
      Spread many = seconds(() -> plain.select(prompt, topK));
      Spread prior =
          seconds(() -> memories.open(shelf.documents(), PriorQuery.ofEmbedding(question)).close());
      double best = Math.max(before, ReadSum.bytesPerSecond(count));
      double read = (double) shelf.chunks() * DIM / best;
      rows.add(Row.of("read-sum of 1 GiB" + suffix, single(best / 1e9), "GB/s"));
      rows.add(row("one query" + suffix, scan, read));
      rows.add(row("one query with a prior" + suffix, withPrior, read));
      rows.add(row("%d queries in one pass".formatted(PROMPT_QUERIES) + suffix, many, read));
      rows.add(row("the prior itself, once a question" + suffix, prior, read));
    }
  }

  private static QuestionMemories memories(Shelf shelf, int threads) {
    return shelf.memories(DataSize.ofBytes(0), threads, null, new PriorScales(PRIOR_SCALE, 0));
  }

  private static Spread seconds(Runnable work) {
    return Stopwatch.seconds(WARM_UPS, RUNS, work);
  }

  private static Row row(String what, Spread seconds, double read) {
    return Row.of(what, seconds.map(each -> each * 1e3), "ms")
        .with(seconds.map(each -> each / read), BASELINE);
  }

  private static Spread single(double value) {
    return Spread.of(value);
  }

  /** Each query's share of the true best that the scan finds. */
  private Row recall(Shelf shelf, RandomSegments segments) {
    Random random = new Random(2);
    float[][] queries = new float[PROMPT_QUERIES][];
    Arrays.setAll(queries, i -> RandomSegments.vector(DIM, random));
    List<Set<Integer>> exact = segments.best(queries, topK);
    try (QuestionMemories memories = memories(shelf, threads);
        QuestionMemory memory = memories.open(shelf.documents(), PriorQuery.NONE)) {
      Selection[] found = memory.select(queries, topK);
      double[] shares = new double[queries.length];
      for (int i = 0; i < shares.length; i++) {
        Set<Integer> both = new HashSet<>(exact.get(i));
        both.retainAll(Arrays.stream(found[i].chunks()).boxed().toList());
        shares[i] = (double) both.size() / topK;
      }
      return Row.of("recall of the best %d".formatted(topK), Spread.of(shares), "share");
    }
  }
}

package dev.cairn.memory;

import dev.cairn.model.Selection;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the chunks whose landmarks answer a query best, by scoring every one of them: score_c =
 * query . landmark_c / sqrt(r) + prior_c, landmarks in BF16, sums in F32. The sum of a row does not
 * depend on the threads, nor on the queries that are scanned with it.
 *
 * <p>Axes: n queries, r retrieval_dim, C chunks, k how many are wanted.
 */
final class LandmarkScan {

  private static final ValueLayout.OfShort BF16 =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final List<PlacedSlab> slabs;

  private final float @Nullable [] prior;

  private final ScanThreads threads;

  /**
   * @param slabs all chunks in ascending order without gaps
   * @param prior (C), or null for zeros
   */
  LandmarkScan(List<PlacedSlab> slabs, float @Nullable [] prior, ScanThreads threads) {
    this.slabs = slabs;
    this.prior = prior;
    this.threads = threads;
  }

  /** The prior of a chunk. */
  float prior(int chunk) {
    return prior == null ? 0 : prior[chunk];
  }

  private int size() {
    return slabs.isEmpty() ? 0 : slabs.getLast().endChunk();
  }

  /**
   * The best k for each query (all when there are fewer), the highest score first, ties to the
   * lower number.
   *
   * @param queries (n, r)
   * @return n selections
   */
  Selection[] select(float[][] queries, int k) {
    List<TopChunks[]> parts = threads.scan(size(), (from, to) -> scan(queries, k, from, to));
    TopChunks[] best = parts.getFirst();
    for (TopChunks[] part : parts.subList(1, parts.size())) {
      for (int i = 0; i < best.length; i++) {
        best[i].merge(part[i]);
      }
    }
    return selections(best);
  }

  private static Selection[] selections(TopChunks[] best) {
    Selection[] selections = new Selection[best.length];
    for (int i = 0; i < best.length; i++) {
      selections[i] = best[i].selection();
    }
    return selections;
  }

  private TopChunks[] scan(float[][] queries, int k, int from, int to) {
    TopChunks[] best = new TopChunks[queries.length];
    Arrays.setAll(best, i -> new TopChunks(Math.min(k, size())));
    for (PlacedSlab each : slabs) {
      int begin = Math.max(from, each.firstChunk());
      int end = Math.min(to, each.endChunk());
      scan(each, begin, end, queries, best);
    }
    return best;
  }

  private void scan(PlacedSlab each, int begin, int end, float[][] queries, TopChunks[] best) {
    int dim = each.slab().index().shape().retrievalDim();
    float scale = (float) (1 / Math.sqrt(dim));
    short[] stored = new short[dim];
    float[] landmark = new float[dim];
    for (int chunk = begin; chunk < end; chunk++) {
      long offset = (long) (chunk - each.firstChunk()) * dim * Short.BYTES;
      MemorySegment.copy(each.slab().landmarks(), BF16, offset, stored, 0, dim);
      widen(stored, landmark);
      float chunkPrior = prior(chunk);
      for (int i = 0; i < queries.length; i++) {
        best[i].offer(chunk, Dot.product(queries[i], landmark) * scale + chunkPrior);
      }
    }
  }

  /** A BF16 number is the upper half of an F32 number. */
  private static void widen(short[] stored, float[] wide) {
    for (int i = 0; i < stored.length; i++) {
      wide[i] = Float.intBitsToFloat(stored[i] << Short.SIZE);
    }
  }
}

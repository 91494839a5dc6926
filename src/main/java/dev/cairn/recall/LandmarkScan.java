package dev.cairn.recall;

import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.QueryGroup;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.model.Selection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the chunks whose landmarks answer a query best: score_c = query . landmark_c / sqrt(r) +
 * prior_c, landmarks in BF16, sums in F32.
 *
 * <p>All landmarks are scored in eight bits first; the 4k best of that are scored again in BF16,
 * and order and scores come from there. So a returned score is always exact, and so is the whole
 * selection for up to 4k chunks. Beyond, eight bits shift a score by at most e, the sum over i of
 * (|q_i| s_c + |l_i| s_q + s_c s_q / 2) / 2 / sqrt(r) for scales s_q of the query and s_c of the
 * landmark: a chunk of the true best k can be missed only when more than 3k chunks that score lower
 * lie within two such e below it. Ties within e are then not certain to go to the lower number. The
 * result does not depend on the threads, the kernel, nor the queries scanned together.
 *
 * <p>Where chunks have no landmarks (r is 0), the prior alone is their score, and the selection is
 * exact.
 *
 * <p>Axes: n queries, r retrieval_dim, C chunks, k how many are wanted.
 */
final class LandmarkScan {

  /** How many are scored again for each one that is wanted. */
  private static final int CANDIDATES = 4;

  /** As many scores are passed over by one look when none of them is among the best. */
  private static final int PRIORS = 256;

  private static final Kernel KERNEL = Kernel.fastest();

  private final List<PlacedSlab> slabs;

  private final float @Nullable [] prior;

  private final ScanThreads threads;

  private final ScanKernel kernel;

  /**
   * @param slabs all chunks in ascending order without gaps
   * @param prior (C), or null for zeros
   */
  LandmarkScan(
      List<PlacedSlab> slabs, float @Nullable [] prior, ScanThreads threads, ScanKernel kernel) {
    this.slabs = slabs;
    this.prior = prior;
    this.threads = threads;
    this.kernel = kernel;
  }

  /** The prior of a chunk. */
  private float prior(int chunk) {
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
    return hasLandmarks() ? selectByLandmarks(queries, k) : selectByPrior(queries.length, k);
  }

  private boolean hasLandmarks() {
    return !slabs.isEmpty() && slabs.getFirst().slab().landmarkDim() > 0;
  }

  /** All queries choose alike, since none of them says anything. */
  private Selection[] selectByPrior(int queries, int k) {
    float[] scores = prior == null ? new float[size()] : prior;
    TopChunks best = new TopChunks(Math.min(k, size()));
    for (int from = 0; from < scores.length; from += PRIORS) {
      best.offer(0, scores, from, Math.min(from + PRIORS, scores.length));
    }
    Selection[] selections = new Selection[queries];
    Arrays.fill(selections, best.selection());
    return selections;
  }

  private Selection[] selectByLandmarks(float[][] queries, int k) {
    TopChunks[] candidates = candidates(queries, k);
    Selection[] selections = new Selection[queries.length];
    for (int i = 0; i < queries.length; i++) {
      selections[i] = rescore(queries[i], candidates[i].chunks(), k);
    }
    return selections;
  }

  private TopChunks[] candidates(float[][] queries, int k) {
    List<QueryGroup> groups = QueryGroup.of(queries);
    int capacity = (int) Math.min((long) CANDIDATES * k, size());
    List<TopChunks[]> parts =
        threads.scan(
            size(), (from, to) -> scan(groups, candidates(queries.length, capacity), from, to));
    TopChunks[] best = parts.getFirst();
    for (TopChunks[] part : parts.subList(1, parts.size())) {
      for (int i = 0; i < best.length; i++) {
        best[i].merge(part[i]);
      }
    }
    return best;
  }

  private static TopChunks[] candidates(int queries, int capacity) {
    TopChunks[] best = new TopChunks[queries];
    Arrays.setAll(best, i -> new TopChunks(capacity));
    return best;
  }

  private TopChunks[] scan(List<QueryGroup> groups, TopChunks[] best, int from, int to) {
    ScanPass pass = new ScanPass(kernel, groups, prior, best);
    slabs.forEach(each -> pass.scan(each, from, to));
    return best;
  }

  /** What products of vectors of d numbers are multiplied with. */
  static float factor(int dim) {
    return (float) (1 / Math.sqrt(dim));
  }

  private Selection rescore(float[] query, int[] ascending, int k) {
    TopChunks best = new TopChunks(Math.min(k, ascending.length));
    float[] landmark = new float[query.length];
    int place = 0;
    for (int chunk : ascending) {
      while (slabs.get(place).endChunk() <= chunk) {
        place++;
      }
      PlacedSlab each = slabs.get(place);
      each.slab().readLandmark(chunk - each.firstChunk(), landmark);
      float product = KERNEL.dot(query, 0, landmark, 0, query.length);
      best.offer(chunk, product * factor(query.length) + prior(chunk));
    }
    return best.selection();
  }
}

package dev.cairn.recall;

import dev.cairn.kernel.ByteRows;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.QueryGroup;
import dev.cairn.kernel.ScanKernel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first pass of a scan over a part of the landmarks, in eight bits: score_c = query .
 * landmark_c / sqrt(r) + prior_c. Used by one thread.
 *
 * <p>Axes: r retrieval_dim, C chunks, B rows of a block, n queries of a group.
 */
final class ScanPass {

  private static final Kernel FLOATS = Kernel.fastest();

  private final ScanKernel kernel;

  private final List<QueryGroup> groups;

  private final float @Nullable [] prior;

  private final TopChunks[] best;

  private final float[] products = new float[ScanKernel.GROUP * ByteRows.BLOCK];

  private final float[] scales = new float[ByteRows.BLOCK];

  private final float[] scores = new float[ByteRows.BLOCK];

  /**
   * @param prior (C), or null for zeros
   * @param best one for each query
   */
  ScanPass(ScanKernel kernel, List<QueryGroup> groups, float @Nullable [] prior, TopChunks[] best) {
    this.kernel = kernel;
    this.groups = groups;
    this.prior = prior;
    this.best = best;
  }

  /** Offers the chunks of a slab that lie between {@code from} and {@code to}. */
  void scan(PlacedSlab each, int from, int to) {
    ByteRows rows = each.slab().quantized();
    each.visitBlocks(from, to, (block, first, begin, end) -> scan(rows, block, first, begin, end));
  }

  /** All queries pass over a block while it lies in the processor's nearest cache. */
  private void scan(ByteRows rows, int block, int first, int from, int to) {
    float factor = LandmarkScan.factor(rows.dim());
    rows.scales(block, scales);
    for (QueryGroup group : groups) {
      kernel.products(rows, block, group.numbers(), group.width(), products);
      for (int i = 0; i < group.scales().length; i++) {
        score(i * ByteRows.BLOCK, group.scales()[i] * factor);
        addPrior(first, from, to);
        best[group.first() + i].offer(first, scores, from, to);
      }
    }
  }

  private void score(int at, float queryScale) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] = products[at + i] * (scales[i] * queryScale);
    }
  }

  private void addPrior(int first, int from, int to) {
    if (prior != null) {
      FLOATS.add(scores, from - first, prior, from, to - from);
    }
  }
}

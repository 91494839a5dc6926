package dev.cairn.recall;

import dev.cairn.kernel.ByteRows;
import dev.cairn.kernel.ScanKernel;
import java.util.List;

/**
 * What the sentence landmarks say of a question before any token is read: the cosine of the
 * question and each chunk. Both vectors have length 1, so the cosine is their dot product.
 */
final class SentenceCosines {

  private final float[] question;

  private final ScanKernel kernel;

  SentenceCosines(float[] question, ScanKernel kernel) {
    this.question = question;
    this.kernel = kernel;
  }

  /**
   * @return one number for each chunk
   * @throws IllegalArgumentException when a segment has no sentence landmarks of the question's
   *     dimension
   */
  float[] of(List<PlacedSlab> slabs, ScanThreads threads) {
    slabs.forEach(this::requireDimension);
    float[] cosines = new float[slabs.isEmpty() ? 0 : slabs.getLast().endChunk()];
    threads.scan(cosines.length, (from, to) -> fill(cosines, slabs, from, to));
    return cosines;
  }

  private void requireDimension(PlacedSlab each) {
    int dimension = each.slab().index().shape().sentenceDim();
    if (dimension != question.length) {
      throw new IllegalArgumentException(
          "the question's embedding has dimension %d, a sentence landmark %d"
              .formatted(question.length, dimension));
    }
  }

  private int fill(float[] cosines, List<PlacedSlab> slabs, int from, int to) {
    float[] products = new float[ByteRows.BLOCK];
    float[] scales = new float[ByteRows.BLOCK];
    for (PlacedSlab each : slabs) {
      ByteRows rows = each.slab().sentences();
      each.visitBlocks(
          from,
          to,
          (block, first, begin, end) -> {
            kernel.products(rows, block, question, 1, products);
            rows.scales(block, scales);
            for (int chunk = begin; chunk < end; chunk++) {
              cosines[chunk] = products[chunk - first] * scales[chunk - first];
            }
          });
    }
    return to - from;
  }
}

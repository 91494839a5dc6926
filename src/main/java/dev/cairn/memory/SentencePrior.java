package dev.cairn.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What the sentence landmarks say of a question before any token is read: prior_c = scale x
 * cosine(question, chunk c). Both vectors have length 1, so the cosine is their dot product.
 */
final class SentencePrior {

  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final float[] question;

  private final float scale;

  SentencePrior(float[] question, float scale) {
    this.question = question;
    this.scale = scale;
  }

  /**
   * @return one number for each chunk
   * @throws IllegalArgumentException when a segment has no sentence landmarks of the question's
   *     dimension
   */
  float[] of(List<PlacedSlab> slabs, ScanThreads threads) {
    slabs.forEach(this::requireDimension);
    float[] prior = new float[slabs.isEmpty() ? 0 : slabs.getLast().endChunk()];
    threads.scan(prior.length, (from, to) -> fill(prior, slabs, from, to));
    return prior;
  }

  private void requireDimension(PlacedSlab each) {
    int dimension = each.slab().index().shape().sentenceDim();
    if (dimension != question.length) {
      throw new IllegalArgumentException(
          "the question's embedding has dimension %d, a sentence landmark %d"
              .formatted(question.length, dimension));
    }
  }

  private int fill(float[] prior, List<PlacedSlab> slabs, int from, int to) {
    float[] sentence = new float[question.length];
    for (PlacedSlab each : slabs) {
      int begin = Math.max(from, each.firstChunk());
      int end = Math.min(to, each.endChunk());
      for (int chunk = begin; chunk < end; chunk++) {
        prior[chunk] = prior(each.slab(), chunk - each.firstChunk(), sentence);
      }
    }
    return to - from;
  }

  private float prior(SegmentSlab slab, int row, float[] sentence) {
    widen(slab.sentences(), (long) row * sentence.length, sentence);
    return scale * slab.sentenceScales().getAtIndex(F32, row) * Dot.product(question, sentence);
  }

  private static void widen(MemorySegment stored, long offset, float[] wide) {
    for (int i = 0; i < wide.length; i++) {
      wide[i] = stored.get(ValueLayout.JAVA_BYTE, offset + i);
    }
  }
}

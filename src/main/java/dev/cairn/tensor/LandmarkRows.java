package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.cairn.checkpoint.LayersWeights.LearnedRow;

/**
 * Learned rows on their way through a decoder, behind the tokens of a step, and the landmarks that
 * come of them: normalize(proj RMSNorm(x)).
 *
 * <p>Axes: A rows of the step, n learned rows, d hidden_size, R retrieval_layer, r retrieval_dim.
 */
record LandmarkRows(LearnedRow<Linear, NDArray> weights, RmsNorm norm) {

  private static final int[] LAST_AXIS = {-1};
  private static final float SHORTEST = 1e-30f;

  /**
   * Puts learned rows behind tokens.
   *
   * @param tokens (A - n, d)
   * @return (A, d)
   */
  NDArray behind(NDArray tokens, int count) {
    NDArray start = weights.start().expandDims(0).repeat(0, count); // (n, d)
    return tokens.concat(start, 0); // (A, d)
  }

  /**
   * Adds what a layer wants to the rows from one on, in place.
   *
   * @param hidden (A, d)
   */
  void beforeLayer(NDArray hidden, int firstRow, int layer) {
    learned(hidden, firstRow).addi(weights.deltas().get(layer)); // (n, d) and (d)
  }

  /**
   * @param hidden (A, d)
   * @return landmarks of the rows from one on, (n, r), each of length 1
   */
  NDArray landmarks(NDArray hidden, int firstRow) {
    NDArray x = weights.projection().apply(norm.apply(learned(hidden, firstRow))); // (n, r)
    return x.div(x.square().sum(LAST_AXIS, true).sqrt().maximum(SHORTEST)); // (n, r)
  }

  private static NDArray learned(NDArray hidden, int firstRow) {
    return hidden.get(new NDIndex().addSliceDim(firstRow, hidden.getShape().get(0))); // (n, d)
  }
}

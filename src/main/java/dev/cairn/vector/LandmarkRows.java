package dev.cairn.vector;

import dev.cairn.checkpoint.LayersWeights.LearnedRow;
import dev.cairn.kernel.Products;
import dev.cairn.model.DecoderShape;

/**
 * Learned rows on their way through a decoder, behind the tokens of a step, and the landmarks that
 * come of them: normalize(proj RMSNorm(x)).
 *
 * <p>Axes: n learned rows, d hidden_size, R retrieval_layer, r retrieval_dim.
 */
final class LandmarkRows {

  private final LearnedRow<Projection, float[]> weights;
  private final Products products;
  private final RmsNorm norm;
  private final int width; // d

  LandmarkRows(LearnedRow<Projection, float[]> weights, DecoderShape shape, Products products) {
    this.weights = weights;
    this.products = products;
    this.norm = new RmsNorm(products.kernel(), shape.rmsNormEps());
    this.width = shape.hiddenSize();
  }

  /** Places the next row; it stands where its slot is. */
  void place(Activations rows, TextCache text, int slot) {
    System.arraycopy(weights.start(), 0, rows.hidden, rows.count() * width, width);
    rows.add(text, slot, slot);
  }

  /** Adds what a layer wants to the rows from one on. */
  void beforeLayer(Activations rows, int firstRow, int layer) {
    for (int row = firstRow; row < rows.count(); row++) {
      products.kernel().add(rows.hidden, row * width, weights.deltas(), layer * width, width);
    }
  }

  /** Landmarks of the rows from one on, (n, r), each of length 1. */
  float[] landmarks(Activations rows, int firstRow) {
    int count = rows.count() - firstRow;
    float[] normed = new float[count * width];
    for (int row = 0; row < count; row++) {
      norm.apply(rows.hidden, (firstRow + row) * width, weights.norm(), normed, row * width);
    }
    int r = weights.projection().outputs();
    float[] landmarks = new float[count * r];
    products.multiply(normed, count, weights.projection().weight(), landmarks);
    for (int at = 0; at < landmarks.length; at += r) {
      normalize(landmarks, at, r);
    }
    return landmarks;
  }

  private void normalize(float[] x, int at, int count) {
    double length = Math.sqrt(products.kernel().dot(x, at, x, at, count));
    if (length > 0) {
      for (int i = at; i < at + count; i++) {
        x[i] = (float) (x[i] / length);
      }
    }
  }
}

package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.Hsa;
import dev.cairn.model.Rope;

/**
 * Rotary positions of the half-split kind.
 *
 * <p>Axes: P positions of the table, e head_dim, T places.
 */
final class RotaryEmbedding {

  private final NDArray cosines;
  private final NDArray sines;

  /**
   * @param positions P
   */
  RotaryEmbedding(NDManager manager, int positions, int headDim, Rope rope) {
    int pairs = headDim / 2;
    float[] cosine = new float[positions * pairs];
    float[] sine = new float[positions * pairs];
    for (int position = 0; position < positions; position++) {
      for (int pair = 0; pair < pairs; pair++) {
        double angle = position * rope.frequency(pair, headDim);
        cosine[position * pairs + pair] = (float) Math.cos(angle);
        sine[position * pairs + pair] = (float) Math.sin(angle);
      }
    }
    cosines = manager.create(cosine, new Shape(positions, pairs)); // (P, e/2)
    sines = manager.create(sine, new Shape(positions, pairs)); // (P, e/2)
  }

  /** Positions of the sink, the W - 1 tokens of a window and a block; no run needs more. */
  static RotaryEmbedding of(Hsa form, NDManager manager) {
    int positions = form.slidingWindow() + form.blockTokens();
    return new RotaryEmbedding(
        manager, positions, form.decoder().heads().headDim(), form.decoder().rope());
  }

  /** The rotation of T places that stand at positions from, from + 1, ... */
  Rotation at(long from, long places) {
    NDIndex rows = new NDIndex().addSliceDim(from, from + places);
    return new Rotation(cosines.get(rows), sines.get(rows));
  }

  /**
   * A rotation of T places.
   *
   * @param cosine (T, e/2)
   * @param sine (T, e/2)
   */
  record Rotation(NDArray cosine, NDArray sine) {

    /**
     * @param x (.., T, e)
     */
    NDArray apply(NDArray x) {
      int last = x.getShape().dimension() - 1;
      NDArray first = x.split(2, last).get(0); // (.., T, e/2)
      NDArray second = x.split(2, last).get(1); // (.., T, e/2)
      NDArray turnedFirst = first.mul(cosine).sub(second.mul(sine)); // (.., T, e/2)
      NDArray turnedSecond = second.mul(cosine).add(first.mul(sine)); // (.., T, e/2)
      return turnedFirst.concat(turnedSecond, last); // (.., T, e)
    }

    /** The rotation by the opposite angles. */
    Rotation reversed() {
      return new Rotation(cosine, sine.neg());
    }
  }
}

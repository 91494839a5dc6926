package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.Hsa;
import dev.cairn.model.Rope;
import java.util.stream.IntStream;

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
    Rotation table =
        Rotation.of(manager, headDim, rope, IntStream.range(0, positions).toArray()); // (P, e/2)
    cosines = table.cosine();
    sines = table.sine();
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

    /** The rotation of T places that stand anywhere. */
    static Rotation of(NDManager manager, int headDim, Rope rope, int... positions) {
      int pairs = headDim / 2;
      float[] cosine = new float[positions.length * pairs];
      float[] sine = new float[positions.length * pairs];
      for (int pair = 0; pair < pairs; pair++) {
        double frequency = rope.frequency(pair, headDim);
        for (int place = 0; place < positions.length; place++) {
          double angle = positions[place] * frequency;
          cosine[place * pairs + pair] = (float) Math.cos(angle);
          sine[place * pairs + pair] = (float) Math.sin(angle);
        }
      }
      Shape shape = new Shape(positions.length, pairs);
      return new Rotation(manager.create(cosine, shape), manager.create(sine, shape)); // (T, e/2)
    }

    /** The same for all heads of a token that lie side by side, (T, heads, e). */
    Rotation ofHeads() {
      return new Rotation(cosine.expandDims(1), sine.expandDims(1)); // (T, 1, e/2)
    }

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

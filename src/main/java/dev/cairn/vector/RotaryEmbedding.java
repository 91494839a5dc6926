package dev.cairn.vector;

import dev.cairn.model.DecoderShape;

/**
 * Rotary positions of the half-split kind for one place at a time, as {@code
 * tensor.RotaryEmbedding} has them for many.
 *
 * <p>Axes: e head_dim.
 */
final class RotaryEmbedding {

  private final double[] frequencies; // (e/2)
  private final float[] cosines; // (e/2)
  private final float[] sines; // (e/2)

  RotaryEmbedding(DecoderShape shape) {
    int headDim = shape.heads().headDim();
    int pairs = headDim / 2;
    frequencies = new double[pairs];
    cosines = new float[pairs];
    sines = new float[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      frequencies[pair] = shape.rope().frequency(pair, headDim);
    }
  }

  /** Turns to a position. */
  void stand(int position) {
    for (int pair = 0; pair < frequencies.length; pair++) {
      double angle = position * frequencies[pair];
      cosines[pair] = (float) Math.cos(angle);
      sines[pair] = (float) Math.sin(angle);
    }
  }

  /** Rotates one head; source and target may be the same. */
  void apply(float[] source, int sourceAt, float[] target, int targetAt) {
    int pairs = frequencies.length;
    for (int pair = 0; pair < pairs; pair++) {
      float first = source[sourceAt + pair];
      float second = source[sourceAt + pair + pairs];
      target[targetAt + pair] = first * cosines[pair] - second * sines[pair];
      target[targetAt + pair + pairs] = second * cosines[pair] + first * sines[pair];
    }
  }
}

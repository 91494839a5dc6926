package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Divides by the root of the mean square: x * rsqrt(mean(x^2) + epsilon) * weight.
 *
 * @param weight (d)
 */
record RmsNorm(NDArray weight, double epsilon) {

  private static final int[] LAST_AXIS = {-1};

  /**
   * @param x (.., d)
   */
  NDArray apply(NDArray x) {
    NDArray meanSquare = x.square().mean(LAST_AXIS, true); // (.., 1)
    return x.mul(meanSquare.add(epsilon).pow(-0.5)).mul(weight); // (.., d)
  }
}

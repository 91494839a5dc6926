package dev.cairn.vector;

import dev.cairn.kernel.Kernel;

/**
 * x * rsqrt(mean(x^2) + epsilon) * weight.
 *
 * @param epsilon rms_norm_eps
 */
record RmsNorm(Kernel kernel, double epsilon) {

  /** Of as many numbers as there are weights; source and target may be the same. */
  void apply(float[] source, int sourceAt, float[] weight, float[] target, int targetAt) {
    int width = weight.length;
    double square = kernel.dot(source, sourceAt, source, sourceAt, width);
    float inverse = (float) (1 / Math.sqrt(square / width + epsilon));
    for (int i = 0; i < width; i++) {
      target[targetAt + i] = source[sourceAt + i] * inverse * weight[i];
    }
  }
}

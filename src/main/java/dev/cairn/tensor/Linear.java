package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;

/**
 * A product with a weight matrix, without bias.
 *
 * <p>Axes: i features in, o features out.
 */
sealed interface Linear {

  /**
   * @param x (.., i), FP32
   * @return (.., o), FP32
   */
  NDArray apply(NDArray x);

  /** FP32 throughout. */
  record Float32(NDArray weight) implements Linear {

    @Override
    public NDArray apply(NDArray x) {
      return x.getNDArrayInternal().linear(x, weight, null).singletonOrThrow(); // (.., o)
    }
  }

  /** BF16 factors, sums in FP32. */
  record Bfloat16(NDArray weight, Bfloat16Script script) implements Linear {

    @Override
    public NDArray apply(NDArray x) {
      return script.linear(x, weight); // (.., o)
    }
  }
}

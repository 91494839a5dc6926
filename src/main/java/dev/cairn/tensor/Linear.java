package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.function.Function;

/**
 * A product with a weight matrix, without bias.
 *
 * <p>Axes: i features in, o features out, k rank of an adapter.
 */
sealed interface Linear {

  /**
   * @param x (.., i), FP32
   * @return (.., o), FP32
   */
  NDArray apply(NDArray x);

  /** (o, i), in the numbers that are multiplied. */
  NDArray weight();

  /**
   * Rows of the matrix, as an embedding is read.
   *
   * @param numbers (m)
   * @return (m, i), FP32
   */
  default NDArray rows(long[] numbers) {
    return Rows.take(weight(), numbers).toType(DataType.FLOAT32, false);
  }

  /**
   * A product of weights, which are freed unless it multiplies with them as they are.
   *
   * @param product makes products from FP32 weights
   * @param weights (o, i), FP32
   */
  static Linear of(Function<NDArray, Linear> product, NDArray weights) {
    Linear made = product.apply(weights);
    if (made.weight() != weights) {
      weights.close();
    }
    return made;
  }

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

  /**
   * Adds up (down x).
   *
   * @param down (k, i)
   * @param up (o, k), scaled
   */
  record Adapted(Linear base, Linear down, Linear up) implements Linear {

    @Override
    public NDArray apply(NDArray x) {
      return base.apply(x).addi(up.apply(down.apply(x))); // (.., o)
    }

    @Override
    public NDArray weight() {
      return base.weight();
    }
  }

  /** The four products of an attention. */
  record OfAttention(Linear query, Linear key, Linear value, Linear output) {}
}

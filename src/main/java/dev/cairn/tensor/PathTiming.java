package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.cairn.kernel.FloatPanels;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.ProductSize;
import dev.cairn.kernel.Products;
import dev.cairn.model.ComputePath;
import java.util.function.Function;

/** Finds the quicker number format for encoding by timing one product of each. */
final class PathTiming {

  private static final int ROWS = 2048;
  private static final int IN = 576;
  private static final int OUT = 1536;

  /** Other work on the machine makes most trials too slow; the best of many is what it can do. */
  private static final int TRIALS = 30;

  /**
   * On a processor the BF16 path spends more than half of its time outside of products, and takes
   * three times the memory; its products must be so many times as quick.
   */
  private static final int PROCESSOR_ODDS = 3;

  private PathTiming() {}

  /** BF16 or FP32, both in tensors. */
  static ComputePath ofTensors(NDManager manager, Bfloat16Script script) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = manager.ones(new Shape(ROWS, IN));
      Linear float32 = new Linear.Float32(manager.ones(new Shape(OUT, IN)));
      // Reading a number waits for a device that computes in the background.
      Runnable bfloat16 = bfloat16(manager, script);
      return timesAsQuick(bfloat16, () -> float32.apply(x).getFloat(0, 0)) > 1
          ? ComputePath.BFLOAT16
          : ComputePath.FLOAT32;
    }
  }

  /** BF16 in tensors or FP32 on the processor's vectors. */
  static ComputePath ofProcessor(NDManager manager, Bfloat16Script script, int threads) {
    FloatPanels weight = FloatPanels.of(new float[OUT * IN], OUT, IN);
    float[] x = new float[ROWS * IN];
    float[] y = new float[ROWS * OUT];
    try (Products products = new Products(Kernel.fastest(), threads);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Runnable bfloat16 = bfloat16(manager, script);
      return timesAsQuick(bfloat16, () -> products.multiply(x, ROWS, weight, y)) > PROCESSOR_ODDS
          ? ComputePath.BFLOAT16
          : ComputePath.FLOAT32;
    }
  }

  /**
   * Nanoseconds of the quickest of many products of the engine.
   *
   * @param product makes a product from FP32 weights (out, in)
   */
  static long best(
      NDManager manager, Function<NDArray, Linear> product, ProductSize size, int trials) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = manager.ones(new Shape(size.rows(), size.in()));
      Linear linear = product.apply(manager.ones(new Shape(size.out(), size.in())));
      return best(() -> linear.apply(x).getFloat(0, 0), trials);
    }
  }

  private static Runnable bfloat16(NDManager manager, Bfloat16Script script) {
    NDArray x = manager.ones(new Shape(ROWS, IN));
    Linear bfloat16 = new Linear.Bfloat16(script.round(manager.ones(new Shape(OUT, IN))), script);
    return () -> bfloat16.apply(x).getFloat(0, 0);
  }

  /** Timed in turn, so that what else runs slows both. */
  private static double timesAsQuick(Runnable one, Runnable other) {
    long oneNanos = Long.MAX_VALUE;
    long otherNanos = Long.MAX_VALUE;
    for (int trial = 0; trial < TRIALS; trial++) {
      oneNanos = Math.min(oneNanos, best(one, 1));
      otherNanos = Math.min(otherNanos, best(other, 1));
    }
    return (double) otherNanos / oneNanos;
  }

  private static long best(Runnable product, int trials) {
    long best = Long.MAX_VALUE;
    for (int trial = 0; trial < trials; trial++) {
      long start = System.nanoTime();
      product.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }
}

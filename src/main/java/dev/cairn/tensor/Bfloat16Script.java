package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * What BF16 needs of the engine. NDArray has no BF16 type (asking it for one ends the process), but
 * passes arrays of it on from script to script.
 */
final class Bfloat16Script {

  private final TorchScript round;
  private final TorchScript linear;

  Bfloat16Script(NDManager manager) {
    round = TorchScript.load(manager, "round-bfloat16.pt");
    linear = TorchScript.load(manager, "linear-bfloat16.pt");
  }

  /** An FP32 array as a BF16 one. */
  NDArray round(NDArray x) {
    return round.apply(x);
  }

  /**
   * @param x (.., i), FP32
   * @param weight (o, i), BF16
   * @return (.., o), FP32
   */
  NDArray linear(NDArray x, NDArray weight) {
    return linear.apply(x, weight);
  }
}

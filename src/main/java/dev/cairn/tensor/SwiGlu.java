package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;

/** The feed-forward part of a layer: down(silu(gate(x)) * up(x)). */
record SwiGlu(Linear gate, Linear up, Linear down) {

  /**
   * @param x (.., d)
   */
  NDArray apply(NDArray x) {
    NDArray gated = gate.apply(x); // (.., f)
    NDArray silu = gated.getNDArrayInternal().sigmoid().mul(gated); // (.., f)
    return down.apply(silu.mul(up.apply(x))); // (.., d)
  }
}

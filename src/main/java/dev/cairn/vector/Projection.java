package dev.cairn.vector;

import dev.cairn.kernel.Panels;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer without bias, with what an adapter adds to it.
 *
 * @param weight (o, i)
 * @param adapter null when there is none
 */
record Projection(Panels weight, @Nullable LowRank adapter) {

  /**
   * Adds up (down x).
   *
   * @param down (k, i)
   * @param up (o, k)
   */
  record LowRank(Panels down, Panels up) {}

  int outputs() {
    return weight.outputs();
  }
}

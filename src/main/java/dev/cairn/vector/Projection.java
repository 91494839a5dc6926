package dev.cairn.vector;

import dev.cairn.checkpoint.Adapter;
import dev.cairn.kernel.FloatPanels;
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

  /** The same with an adapter. */
  Projection adapted(Adapter.LowRank added) {
    LowRank floats =
        new LowRank(
            FloatPanels.of(added.down(), added.rank(), weight.inputs()),
            FloatPanels.of(added.up(), weight.outputs(), added.rank()));
    return new Projection(weight, floats);
  }

  int outputs() {
    return weight.outputs();
  }
}

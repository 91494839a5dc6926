package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.SparseFormat;

/** Rows of arrays, taken and joined along the first axis so that gradients flow. */
final class Rows {

  private Rows() {}

  /**
   * As embedding finds them: the quickest of the engine's ways.
   *
   * @param table (n, ..)
   * @param numbers (m)
   * @return (m, ..)
   */
  static NDArray take(NDArray table, long[] numbers) {
    NDArray index = table.getManager().create(numbers); // (m)
    return index
        .getNDArrayInternal()
        .embedding(index, table, SparseFormat.DENSE)
        .singletonOrThrow();
  }

  /** One part stays as it is: DJL would copy it, and no gradient passes a copy. */
  static NDArray join(NDList parts) {
    return join(parts, 0);
  }

  /** As {@link #join(NDList)}, along another axis. */
  static NDArray join(NDList parts, int axis) {
    return parts.size() == 1 ? parts.head() : NDArrays.concat(parts, axis);
  }
}

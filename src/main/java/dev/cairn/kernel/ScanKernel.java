package dev.cairn.kernel;

/**
 * Dot products of queries and {@link ByteRows}. All kernels give the same bits: every sum runs from
 * the first number to the last, each product and its addition rounded together.
 *
 * <p>Axes: n queries, d numbers of a row, B rows of a block.
 */
public sealed interface ScanKernel permits VectorScanKernel, ScalarScanKernel {

  /** As many queries as share the reading of a block. */
  int GROUP = 4;

  /**
   * @param queries (d, n)
   * @param n 1 or {@link #GROUP}
   * @param products (n, B) at least, written
   */
  void products(ByteRows rows, int block, float[] queries, int n, float[] products);

  /** The one of this machine: vectors where {@link Kernel#fastest} has them. */
  static ScanKernel fastest() {
    return Kernel.fastest() instanceof VectorKernel ? new VectorScanKernel() : scalar();
  }

  static ScanKernel scalar() {
    return new ScalarScanKernel();
  }
}

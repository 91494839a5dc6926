package dev.cairn.kernel;

import java.util.Arrays;

/** Plain loops, where {@link ScalarKernel} is the fastest. */
final class ScalarScanKernel implements ScanKernel {

  private final ScalarKernel floats = new ScalarKernel();

  @Override
  public void products(ByteRows rows, int block, float[] queries, int n, float[] products) {
    Arrays.fill(products, 0, n * ByteRows.BLOCK, 0);
    float[] numbers = new float[ByteRows.BLOCK];
    for (int i = 0; i < rows.dim(); i++) {
      long at = rows.offset(block) + (long) i * ByteRows.BLOCK;
      floats.widen(rows.numbers(), at, numbers.length, numbers, 0);
      for (int query = 0; query < n; query++) {
        add(numbers, queries[i * n + query], products, query * ByteRows.BLOCK);
      }
    }
  }

  private static void add(float[] numbers, float factor, float[] products, int at) {
    for (int row = 0; row < numbers.length; row++) {
      products[at + row] = Math.fma(numbers[row], factor, products[at + row]);
    }
  }
}

package dev.cairn.kernel;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Plain loops, for a JVM without the vector module and for processors with short vectors. */
final class ScalarScanKernel implements ScanKernel {

  @Override
  public void products(ByteRows rows, int block, float[] queries, int n, float[] products) {
    Arrays.fill(products, 0, n * ByteRows.BLOCK, 0);
    float[] numbers = new float[ByteRows.BLOCK];
    for (int i = 0; i < rows.dim(); i++) {
      widen(rows, rows.offset(block) + (long) i * ByteRows.BLOCK, numbers);
      for (int query = 0; query < n; query++) {
        add(numbers, queries[i * n + query], products, query * ByteRows.BLOCK);
      }
    }
  }

  private static void widen(ByteRows rows, long offset, float[] numbers) {
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = rows.numbers().get(ValueLayout.JAVA_BYTE, offset + row);
    }
  }

  private static void add(float[] numbers, float factor, float[] products, int at) {
    for (int row = 0; row < numbers.length; row++) {
      products[at + row] = Math.fma(numbers[row], factor, products[at + row]);
    }
  }
}

package dev.cairn.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain loops, for a JVM without the vector module and for processors with short vectors. */
final class ScalarByteKernel implements ByteKernel {

  @Override
  public void products(MemorySegment rows, int first, int count, short[] query, int[] products) {
    for (int row = 0; row < count; row++) {
      products[row] = product(rows, (long) (first + row) * query.length, query);
    }
  }

  private static int product(MemorySegment rows, long offset, short[] query) {
    int sum = 0;
    for (int i = 0; i < query.length; i++) {
      sum += query[i] * rows.get(ValueLayout.JAVA_BYTE, offset + i);
    }
    return sum;
  }

  @Override
  public void products(
      MemorySegment rows, int first, float[] query, float[] products, int from, int to) {
    float[] wide = new float[query.length];
    for (int i = from; i < to; i++) {
      widen(rows, (long) (first + i - from) * wide.length, wide);
      products[i] = Dot.product(query, wide);
    }
  }

  private static void widen(MemorySegment rows, long offset, float[] wide) {
    for (int i = 0; i < wide.length; i++) {
      wide[i] = rows.get(ValueLayout.JAVA_BYTE, offset + i);
    }
  }
}

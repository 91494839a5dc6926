package dev.cairn.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Vectors of 256 bits, which AVX2 has. */
final class VectorByteKernel implements ByteKernel {

  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** Whether the JVM turns these vectors into single instructions on this processor. */
  static boolean isFast() {
    return ShortVector.SPECIES_PREFERRED.vectorBitSize() >= 256;
  }

  @Override
  public void products(MemorySegment rows, int first, int count, short[] query, int[] products) {
    for (int row = 0; row < count; row++) {
      products[row] = product(rows, (long) (first + row) * query.length, query);
    }
  }

  /** Two products of at most 127 x 127 fit into a short together. */
  private static int product(MemorySegment rows, long offset, short[] query) {
    IntVector sums = IntVector.zero(IntVector.SPECIES_256);
    for (int i = 0; i < query.length; i += PADDING) {
      ShortVector low = shorts(rows, offset + i).mul(queryAt(query, i));
      ShortVector high = shorts(rows, offset + i + 16).mul(queryAt(query, i + 16));
      IntVector pairs = low.add(high).reinterpretAsInts();
      IntVector odd = pairs.lanewise(VectorOperators.ASHR, 16);
      IntVector even = pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
      sums = sums.add(odd.add(even));
    }
    return sums.reduceLanes(VectorOperators.ADD);
  }

  private static ShortVector shorts(MemorySegment rows, long offset) {
    ByteVector bytes = ByteVector.fromMemorySegment(ByteVector.SPECIES_128, rows, offset, ORDER);
    return (ShortVector) bytes.convertShape(VectorOperators.B2S, ShortVector.SPECIES_256, 0);
  }

  private static ShortVector queryAt(short[] query, int i) {
    return ShortVector.fromArray(ShortVector.SPECIES_256, query, i);
  }

  /** Four rows side by side: the additions of a single one would wait for each other. */
  @Override
  public void products(
      MemorySegment rows, int first, float[] query, float[] products, int from, int to) {
    int i = from;
    float[] lanes = new float[4 * 8];
    for (; i + 4 <= to; i += 4) {
      fourRows(rows, (long) (first + i - from) * query.length, query, lanes);
      for (int row = 0; row < 4; row++) {
        products[i + row] = sum(lanes, row * 8);
      }
    }
    new ScalarByteKernel().products(rows, first + i - from, query, products, i, to);
  }

  private static void fourRows(MemorySegment rows, long a, float[] query, float[] lanes) {
    long b = a + query.length;
    long c = b + query.length;
    long d = c + query.length;
    FloatVector sumsA = FloatVector.zero(FloatVector.SPECIES_256);
    FloatVector sumsB = sumsA;
    FloatVector sumsC = sumsA;
    FloatVector sumsD = sumsA;
    int i = 0;
    for (; i + 8 <= query.length; i += 8) {
      FloatVector q = FloatVector.fromArray(FloatVector.SPECIES_256, query, i);
      sumsA = sumsA.add(q.mul(floats(rows, a + i)));
      sumsB = sumsB.add(q.mul(floats(rows, b + i)));
      sumsC = sumsC.add(q.mul(floats(rows, c + i)));
      sumsD = sumsD.add(q.mul(floats(rows, d + i)));
    }
    sumsA.intoArray(lanes, 0);
    sumsB.intoArray(lanes, 8);
    sumsC.intoArray(lanes, 16);
    sumsD.intoArray(lanes, 24);
    addRest(rows, a, query, i, lanes);
  }

  private static FloatVector floats(MemorySegment rows, long offset) {
    ByteVector bytes = ByteVector.fromMemorySegment(ByteVector.SPECIES_64, rows, offset, ORDER);
    return (FloatVector) bytes.convertShape(VectorOperators.B2F, FloatVector.SPECIES_256, 0);
  }

  /** What does not fill a vector goes to the first lane, as in {@link Dot}. */
  private static void addRest(
      MemorySegment rows, long offset, float[] query, int begin, float[] lanes) {
    for (int row = 0; row < 4; row++) {
      for (int i = begin; i < query.length; i++) {
        long at = offset + (long) row * query.length + i;
        lanes[row * 8] += query[i] * rows.get(ValueLayout.JAVA_BYTE, at);
      }
    }
  }

  private static float sum(float[] lanes, int at) {
    return ((lanes[at] + lanes[at + 1]) + (lanes[at + 2] + lanes[at + 3]))
        + ((lanes[at + 4] + lanes[at + 5]) + (lanes[at + 6] + lanes[at + 7]));
  }
}

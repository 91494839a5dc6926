package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The widest vectors of the processor; rows of a block lie in their lanes. Loops are written out
 * and call nothing but the vectors' own methods: of a longer chain the compiler leaves calls in the
 * loop, which puts every vector on the heap. As many sums run side by side as hide the time that an
 * addition takes and still fit into the sixteen registers of AVX2.
 *
 * <p>Axes: d numbers of a row, B rows of a block, L lanes.
 */
final class VectorScanKernel implements ScanKernel {

  private static final VectorSpecies<Float> FLOATS = VectorKernel.FLOATS;
  private static final int LANES = VectorKernel.LANES;

  @Override
  public void products(ByteRows rows, int block, float[] queries, int n, float[] products) {
    if (n == 1) {
      products(rows, block, queries, products);
    } else {
      groupProducts(rows, block, queries, products);
    }
  }

  private static void products(ByteRows rows, int block, float[] query, float[] products) {
    for (int row = 0; row < ByteRows.BLOCK; row += 4 * LANES) {
      products(rows.numbers(), rows.offset(block) + row, query, products, row);
    }
  }

  /** Four vectors of rows. */
  private static void products(
      MemorySegment numbers, long begin, float[] query, float[] products, int row) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    long at = begin;
    for (float each : query) {
      FloatVector q = FloatVector.broadcast(FLOATS, each);
      a = VectorKernel.floats(numbers, at).fma(q, a);
      b = VectorKernel.floats(numbers, at + LANES).fma(q, b);
      c = VectorKernel.floats(numbers, at + 2 * LANES).fma(q, c);
      d = VectorKernel.floats(numbers, at + 3 * LANES).fma(q, d);
      at += ByteRows.BLOCK;
    }
    a.intoArray(products, row);
    b.intoArray(products, row + LANES);
    c.intoArray(products, row + 2 * LANES);
    d.intoArray(products, row + 3 * LANES);
  }

  private static void groupProducts(ByteRows rows, int block, float[] queries, float[] products) {
    for (int row = 0; row < ByteRows.BLOCK; row += 2 * LANES) {
      groupProducts(rows.numbers(), rows.offset(block) + row, queries, products, row);
    }
  }

  /** Two vectors of rows with each of four queries. */
  private static void groupProducts(
      MemorySegment numbers, long begin, float[] queries, float[] products, int row) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector b0 = a0;
    FloatVector a1 = a0;
    FloatVector b1 = a0;
    FloatVector a2 = a0;
    FloatVector b2 = a0;
    FloatVector a3 = a0;
    FloatVector b3 = a0;
    long at = begin;
    for (int i = 0; i < queries.length; i += GROUP) {
      FloatVector a = VectorKernel.floats(numbers, at);
      FloatVector b = VectorKernel.floats(numbers, at + LANES);
      FloatVector q0 = FloatVector.broadcast(FLOATS, queries[i]);
      a0 = a.fma(q0, a0);
      b0 = b.fma(q0, b0);
      FloatVector q1 = FloatVector.broadcast(FLOATS, queries[i + 1]);
      a1 = a.fma(q1, a1);
      b1 = b.fma(q1, b1);
      FloatVector q2 = FloatVector.broadcast(FLOATS, queries[i + 2]);
      a2 = a.fma(q2, a2);
      b2 = b.fma(q2, b2);
      FloatVector q3 = FloatVector.broadcast(FLOATS, queries[i + 3]);
      a3 = a.fma(q3, a3);
      b3 = b.fma(q3, b3);
      at += ByteRows.BLOCK;
    }
    int next = row + ByteRows.BLOCK;
    a0.intoArray(products, row);
    b0.intoArray(products, row + LANES);
    a1.intoArray(products, next);
    b1.intoArray(products, next + LANES);
    next += ByteRows.BLOCK;
    a2.intoArray(products, next);
    b2.intoArray(products, next + LANES);
    next += ByteRows.BLOCK;
    a3.intoArray(products, next);
    b3.intoArray(products, next + LANES);
  }
}

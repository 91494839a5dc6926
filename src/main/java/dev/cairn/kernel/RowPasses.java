package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Several rows with two vectors of columns, in one pass over these. With four rows that is eight
 * sums, as many as it takes to keep the multipliers busy, in registers that AVX2 has. Vectors of
 * 512 bits come with twice the registers: eight rows then halve what is read for each product. The
 * loops are written out: a common form would cost a tenth of their speed.
 */
final class RowPasses {

  private static final VectorSpecies<Float> FLOATS = VectorKernel.FLOATS;
  private static final int LANES = VectorKernel.LANES;
  private static final boolean HAS_EIGHT = FLOATS.vectorBitSize() >= 512;

  private RowPasses() {}

  /** As {@link Kernel#rows}, of two vectors of columns. */
  static void bytes(
      MemorySegment panel,
      long panelAt,
      int inputs,
      float[] x,
      int[] rowAt,
      float[] sums,
      int sumsAt) {
    if (HAS_EIGHT && rowAt.length == Kernel.MOST_ROWS) {
      eightOfBytes(panel, panelAt, inputs, x, rowAt, sums, sumsAt);
      return;
    }
    for (int first = 0; first < rowAt.length; first += Kernel.ROWS) {
      int at = sumsAt + first * Panels.WIDTH;
      fourOfBytes(panel, panelAt, inputs, x, rowAt, first, sums, at);
    }
  }

  /** As {@link Kernel#columnsOfRows}, of two vectors of columns. */
  static void floats(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int[] rowAt,
      float[] sums,
      int sumsAt,
      int sumsStride) {
    if (HAS_EIGHT && rowAt.length == Kernel.MOST_ROWS) {
      eightOfFloats(matrix, matrixAt, stride, terms, x, rowAt, sums, sumsAt, sumsStride);
      return;
    }
    for (int first = 0; first < rowAt.length; first += Kernel.ROWS) {
      int at = sumsAt + first * sumsStride;
      fourOfFloats(matrix, matrixAt, stride, terms, x, rowAt, first, sums, at, sumsStride);
    }
  }

  private static void fourOfBytes(
      MemorySegment panel,
      long panelAt,
      int inputs,
      float[] x,
      int[] rowAt,
      int first,
      float[] sums,
      int sumsAt) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    int a = rowAt[first];
    int b = rowAt[first + 1];
    int c = rowAt[first + 2];
    int d = rowAt[first + 3];
    long at = panelAt;
    for (int i = 0; i < inputs; i++) {
      FloatVector left = VectorKernel.floats(panel, at);
      FloatVector right = VectorKernel.floats(panel, at + LANES);
      at += Panels.WIDTH;
      FloatVector value = FloatVector.broadcast(FLOATS, x[a + i]);
      a0 = left.fma(value, a0);
      a1 = right.fma(value, a1);
      value = FloatVector.broadcast(FLOATS, x[b + i]);
      b0 = left.fma(value, b0);
      b1 = right.fma(value, b1);
      value = FloatVector.broadcast(FLOATS, x[c + i]);
      c0 = left.fma(value, c0);
      c1 = right.fma(value, c1);
      value = FloatVector.broadcast(FLOATS, x[d + i]);
      d0 = left.fma(value, d0);
      d1 = right.fma(value, d1);
    }
    VectorKernel.store(a0, a1, sums, sumsAt);
    VectorKernel.store(b0, b1, sums, sumsAt + Panels.WIDTH);
    VectorKernel.store(c0, c1, sums, sumsAt + 2 * Panels.WIDTH);
    VectorKernel.store(d0, d1, sums, sumsAt + 3 * Panels.WIDTH);
  }

  private static void eightOfBytes(
      MemorySegment panel,
      long panelAt,
      int inputs,
      float[] x,
      int[] rowAt,
      float[] sums,
      int sumsAt) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector e0 = a0;
    FloatVector e1 = a0;
    FloatVector f0 = a0;
    FloatVector f1 = a0;
    FloatVector g0 = a0;
    FloatVector g1 = a0;
    FloatVector h0 = a0;
    FloatVector h1 = a0;
    int a = rowAt[0];
    int b = rowAt[1];
    int c = rowAt[2];
    int d = rowAt[3];
    int e = rowAt[4];
    int f = rowAt[5];
    int g = rowAt[6];
    int h = rowAt[7];
    long at = panelAt;
    for (int i = 0; i < inputs; i++) {
      FloatVector left = VectorKernel.floats(panel, at);
      FloatVector right = VectorKernel.floats(panel, at + LANES);
      at += Panels.WIDTH;
      FloatVector value = FloatVector.broadcast(FLOATS, x[a + i]);
      a0 = left.fma(value, a0);
      a1 = right.fma(value, a1);
      value = FloatVector.broadcast(FLOATS, x[b + i]);
      b0 = left.fma(value, b0);
      b1 = right.fma(value, b1);
      value = FloatVector.broadcast(FLOATS, x[c + i]);
      c0 = left.fma(value, c0);
      c1 = right.fma(value, c1);
      value = FloatVector.broadcast(FLOATS, x[d + i]);
      d0 = left.fma(value, d0);
      d1 = right.fma(value, d1);
      value = FloatVector.broadcast(FLOATS, x[e + i]);
      e0 = left.fma(value, e0);
      e1 = right.fma(value, e1);
      value = FloatVector.broadcast(FLOATS, x[f + i]);
      f0 = left.fma(value, f0);
      f1 = right.fma(value, f1);
      value = FloatVector.broadcast(FLOATS, x[g + i]);
      g0 = left.fma(value, g0);
      g1 = right.fma(value, g1);
      value = FloatVector.broadcast(FLOATS, x[h + i]);
      h0 = left.fma(value, h0);
      h1 = right.fma(value, h1);
    }
    VectorKernel.store(a0, a1, sums, sumsAt);
    VectorKernel.store(b0, b1, sums, sumsAt + Panels.WIDTH);
    VectorKernel.store(c0, c1, sums, sumsAt + 2 * Panels.WIDTH);
    VectorKernel.store(d0, d1, sums, sumsAt + 3 * Panels.WIDTH);
    VectorKernel.store(e0, e1, sums, sumsAt + 4 * Panels.WIDTH);
    VectorKernel.store(f0, f1, sums, sumsAt + 5 * Panels.WIDTH);
    VectorKernel.store(g0, g1, sums, sumsAt + 6 * Panels.WIDTH);
    VectorKernel.store(h0, h1, sums, sumsAt + 7 * Panels.WIDTH);
  }

  private static void fourOfFloats(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int[] rowAt,
      int first,
      float[] sums,
      int sumsAt,
      int sumsStride) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    int a = rowAt[first];
    int b = rowAt[first + 1];
    int c = rowAt[first + 2];
    int d = rowAt[first + 3];
    int at = matrixAt;
    for (int i = 0; i < terms; i++) {
      FloatVector left = VectorKernel.load(matrix, at);
      FloatVector right = VectorKernel.load(matrix, at + LANES);
      at += stride;
      FloatVector value = FloatVector.broadcast(FLOATS, x[a + i]);
      a0 = left.fma(value, a0);
      a1 = right.fma(value, a1);
      value = FloatVector.broadcast(FLOATS, x[b + i]);
      b0 = left.fma(value, b0);
      b1 = right.fma(value, b1);
      value = FloatVector.broadcast(FLOATS, x[c + i]);
      c0 = left.fma(value, c0);
      c1 = right.fma(value, c1);
      value = FloatVector.broadcast(FLOATS, x[d + i]);
      d0 = left.fma(value, d0);
      d1 = right.fma(value, d1);
    }
    VectorKernel.store(a0, a1, sums, sumsAt);
    VectorKernel.store(b0, b1, sums, sumsAt + sumsStride);
    VectorKernel.store(c0, c1, sums, sumsAt + 2 * sumsStride);
    VectorKernel.store(d0, d1, sums, sumsAt + 3 * sumsStride);
  }

  private static void eightOfFloats(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int[] rowAt,
      float[] sums,
      int sumsAt,
      int sumsStride) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector e0 = a0;
    FloatVector e1 = a0;
    FloatVector f0 = a0;
    FloatVector f1 = a0;
    FloatVector g0 = a0;
    FloatVector g1 = a0;
    FloatVector h0 = a0;
    FloatVector h1 = a0;
    int a = rowAt[0];
    int b = rowAt[1];
    int c = rowAt[2];
    int d = rowAt[3];
    int e = rowAt[4];
    int f = rowAt[5];
    int g = rowAt[6];
    int h = rowAt[7];
    int at = matrixAt;
    for (int i = 0; i < terms; i++) {
      FloatVector left = VectorKernel.load(matrix, at);
      FloatVector right = VectorKernel.load(matrix, at + LANES);
      at += stride;
      FloatVector value = FloatVector.broadcast(FLOATS, x[a + i]);
      a0 = left.fma(value, a0);
      a1 = right.fma(value, a1);
      value = FloatVector.broadcast(FLOATS, x[b + i]);
      b0 = left.fma(value, b0);
      b1 = right.fma(value, b1);
      value = FloatVector.broadcast(FLOATS, x[c + i]);
      c0 = left.fma(value, c0);
      c1 = right.fma(value, c1);
      value = FloatVector.broadcast(FLOATS, x[d + i]);
      d0 = left.fma(value, d0);
      d1 = right.fma(value, d1);
      value = FloatVector.broadcast(FLOATS, x[e + i]);
      e0 = left.fma(value, e0);
      e1 = right.fma(value, e1);
      value = FloatVector.broadcast(FLOATS, x[f + i]);
      f0 = left.fma(value, f0);
      f1 = right.fma(value, f1);
      value = FloatVector.broadcast(FLOATS, x[g + i]);
      g0 = left.fma(value, g0);
      g1 = right.fma(value, g1);
      value = FloatVector.broadcast(FLOATS, x[h + i]);
      h0 = left.fma(value, h0);
      h1 = right.fma(value, h1);
    }
    VectorKernel.store(a0, a1, sums, sumsAt);
    VectorKernel.store(b0, b1, sums, sumsAt + sumsStride);
    VectorKernel.store(c0, c1, sums, sumsAt + 2 * sumsStride);
    VectorKernel.store(d0, d1, sums, sumsAt + 3 * sumsStride);
    VectorKernel.store(e0, e1, sums, sumsAt + 4 * sumsStride);
    VectorKernel.store(f0, f1, sums, sumsAt + 5 * sumsStride);
    VectorKernel.store(g0, g1, sums, sumsAt + 6 * sumsStride);
    VectorKernel.store(h0, h1, sums, sumsAt + 7 * sumsStride);
  }
}

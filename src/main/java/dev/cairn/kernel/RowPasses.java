package dev.cairn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Several rows with vectors of columns, in one pass over these. As many sums are in registers as
 * AVX2 has room for beside what they are made of: twelve, of six rows with two vectors, since eight
 * are too few to keep the multipliers busy. Vectors of 512 bits come with twice the registers:
 * eight rows then halve what is read for each product. The loops are written out: a common form
 * would cost a tenth of their speed.
 */
final class RowPasses {

  private static final VectorSpecies<Float> FLOATS = VectorKernel.FLOATS;
  private static final int LANES = VectorKernel.LANES;
  private static final boolean HAS_EIGHT = FLOATS.vectorBitSize() >= 512;

  private RowPasses() {}

  /** Rows of the next pass when so many are left. */
  static int next(int rows) {
    if (HAS_EIGHT && rows >= 8) {
      return 8;
    }
    return rows >= 6 ? 6 : rows >= 4 ? 4 : Math.min(rows, 2);
  }

  /** As many columns as a pass of so many rows takes at once. */
  static int columns(int rows) {
    return rows > 2 ? 2 * LANES : 4 * LANES;
  }

  /**
   * As {@link Kernel#addColumnsOfRows}, of as many columns as the pass takes.
   *
   * @param rows of the pass, 2, 4, 6 or 8
   */
  static void add(
      int rows,
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
    switch (rows) {
      case 8 -> eight(matrix, matrixAt, stride, terms, x, rowAt, first, sums, sumsAt, sumsStride);
      case 6 -> six(matrix, matrixAt, stride, terms, x, rowAt, first, sums, sumsAt, sumsStride);
      case 4 -> four(matrix, matrixAt, stride, terms, x, rowAt, first, sums, sumsAt, sumsStride);
      default -> two(matrix, matrixAt, stride, terms, x, rowAt, first, sums, sumsAt, sumsStride);
    }
  }

  private static void two(
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
    int a = rowAt[first];
    int b = rowAt[first + 1];
    FloatVector a0 = VectorKernel.load(sums, sumsAt);
    FloatVector a1 = VectorKernel.load(sums, sumsAt + LANES);
    FloatVector a2 = VectorKernel.load(sums, sumsAt + 2 * LANES);
    FloatVector a3 = VectorKernel.load(sums, sumsAt + 3 * LANES);
    FloatVector b0 = VectorKernel.load(sums, sumsAt + sumsStride);
    FloatVector b1 = VectorKernel.load(sums, sumsAt + sumsStride + LANES);
    FloatVector b2 = VectorKernel.load(sums, sumsAt + sumsStride + 2 * LANES);
    FloatVector b3 = VectorKernel.load(sums, sumsAt + sumsStride + 3 * LANES);
    int at = matrixAt;
    for (int i = 0; i < terms; i++) {
      FloatVector w0 = VectorKernel.load(matrix, at);
      FloatVector w1 = VectorKernel.load(matrix, at + LANES);
      FloatVector w2 = VectorKernel.load(matrix, at + 2 * LANES);
      FloatVector w3 = VectorKernel.load(matrix, at + 3 * LANES);
      at += stride;
      FloatVector value = FloatVector.broadcast(FLOATS, x[a + i]);
      a0 = w0.fma(value, a0);
      a1 = w1.fma(value, a1);
      a2 = w2.fma(value, a2);
      a3 = w3.fma(value, a3);
      value = FloatVector.broadcast(FLOATS, x[b + i]);
      b0 = w0.fma(value, b0);
      b1 = w1.fma(value, b1);
      b2 = w2.fma(value, b2);
      b3 = w3.fma(value, b3);
    }
    VectorKernel.store(a0, a1, sums, sumsAt);
    VectorKernel.store(a2, a3, sums, sumsAt + 2 * LANES);
    VectorKernel.store(b0, b1, sums, sumsAt + sumsStride);
    VectorKernel.store(b2, b3, sums, sumsAt + sumsStride + 2 * LANES);
  }

  private static void four(
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
    int a = rowAt[first];
    int b = rowAt[first + 1];
    int c = rowAt[first + 2];
    int d = rowAt[first + 3];
    FloatVector a0 = VectorKernel.load(sums, sumsAt);
    FloatVector a1 = VectorKernel.load(sums, sumsAt + LANES);
    FloatVector b0 = VectorKernel.load(sums, sumsAt + sumsStride);
    FloatVector b1 = VectorKernel.load(sums, sumsAt + sumsStride + LANES);
    FloatVector c0 = VectorKernel.load(sums, sumsAt + 2 * sumsStride);
    FloatVector c1 = VectorKernel.load(sums, sumsAt + 2 * sumsStride + LANES);
    FloatVector d0 = VectorKernel.load(sums, sumsAt + 3 * sumsStride);
    FloatVector d1 = VectorKernel.load(sums, sumsAt + 3 * sumsStride + LANES);
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

  private static void six(
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
    int a = rowAt[first];
    int b = rowAt[first + 1];
    int c = rowAt[first + 2];
    int d = rowAt[first + 3];
    int e = rowAt[first + 4];
    int f = rowAt[first + 5];
    FloatVector a0 = VectorKernel.load(sums, sumsAt);
    FloatVector a1 = VectorKernel.load(sums, sumsAt + LANES);
    FloatVector b0 = VectorKernel.load(sums, sumsAt + sumsStride);
    FloatVector b1 = VectorKernel.load(sums, sumsAt + sumsStride + LANES);
    FloatVector c0 = VectorKernel.load(sums, sumsAt + 2 * sumsStride);
    FloatVector c1 = VectorKernel.load(sums, sumsAt + 2 * sumsStride + LANES);
    FloatVector d0 = VectorKernel.load(sums, sumsAt + 3 * sumsStride);
    FloatVector d1 = VectorKernel.load(sums, sumsAt + 3 * sumsStride + LANES);
    FloatVector e0 = VectorKernel.load(sums, sumsAt + 4 * sumsStride);
    FloatVector e1 = VectorKernel.load(sums, sumsAt + 4 * sumsStride + LANES);
    FloatVector f0 = VectorKernel.load(sums, sumsAt + 5 * sumsStride);
    FloatVector f1 = VectorKernel.load(sums, sumsAt + 5 * sumsStride + LANES);
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
    }
    VectorKernel.store(a0, a1, sums, sumsAt);
    VectorKernel.store(b0, b1, sums, sumsAt + sumsStride);
    VectorKernel.store(c0, c1, sums, sumsAt + 2 * sumsStride);
    VectorKernel.store(d0, d1, sums, sumsAt + 3 * sumsStride);
    VectorKernel.store(e0, e1, sums, sumsAt + 4 * sumsStride);
    VectorKernel.store(f0, f1, sums, sumsAt + 5 * sumsStride);
  }

  private static void eight(
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
    int a = rowAt[first];
    int b = rowAt[first + 1];
    int c = rowAt[first + 2];
    int d = rowAt[first + 3];
    int e = rowAt[first + 4];
    int f = rowAt[first + 5];
    int g = rowAt[first + 6];
    int h = rowAt[first + 7];
    FloatVector a0 = VectorKernel.load(sums, sumsAt);
    FloatVector a1 = VectorKernel.load(sums, sumsAt + LANES);
    FloatVector b0 = VectorKernel.load(sums, sumsAt + sumsStride);
    FloatVector b1 = VectorKernel.load(sums, sumsAt + sumsStride + LANES);
    FloatVector c0 = VectorKernel.load(sums, sumsAt + 2 * sumsStride);
    FloatVector c1 = VectorKernel.load(sums, sumsAt + 2 * sumsStride + LANES);
    FloatVector d0 = VectorKernel.load(sums, sumsAt + 3 * sumsStride);
    FloatVector d1 = VectorKernel.load(sums, sumsAt + 3 * sumsStride + LANES);
    FloatVector e0 = VectorKernel.load(sums, sumsAt + 4 * sumsStride);
    FloatVector e1 = VectorKernel.load(sums, sumsAt + 4 * sumsStride + LANES);
    FloatVector f0 = VectorKernel.load(sums, sumsAt + 5 * sumsStride);
    FloatVector f1 = VectorKernel.load(sums, sumsAt + 5 * sumsStride + LANES);
    FloatVector g0 = VectorKernel.load(sums, sumsAt + 6 * sumsStride);
    FloatVector g1 = VectorKernel.load(sums, sumsAt + 6 * sumsStride + LANES);
    FloatVector h0 = VectorKernel.load(sums, sumsAt + 7 * sumsStride);
    FloatVector h1 = VectorKernel.load(sums, sumsAt + 7 * sumsStride + LANES);
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

package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A few rows with two vectors of columns of whole numbers, which become floats on the way. Rows
 * that are missing are the last one again: that is quicker than a pass of its own for each number
 * of rows. The loops are written out as those of {@link RowPasses} are.
 */
final class BytePasses {

  private static final VectorSpecies<Float> FLOATS = VectorKernel.FLOATS;
  private static final int LANES = VectorKernel.LANES;
  private static final boolean HAS_EIGHT = FLOATS.vectorBitSize() >= 512;

  private BytePasses() {}

  /** As {@link Kernel#rows}, of two vectors of columns. */
  static void rows(
      MemorySegment panel,
      long panelAt,
      int inputs,
      float[] x,
      int[] rowAt,
      float[] sums,
      int sumsAt) {
    int pass;
    for (int row = 0; row < rowAt.length; row += pass) {
      pass = HAS_EIGHT && rowAt.length - row > 4 ? 8 : 4;
      int at = sumsAt + row * Panels.WIDTH;
      if (pass == 8) {
        eight(panel, panelAt, inputs, x, rowAt, row, sums, at);
      } else {
        four(panel, panelAt, inputs, x, rowAt, row, sums, at);
      }
    }
  }

  private static void four(
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
    int last = rowAt.length - 1;
    int a = rowAt[first];
    int b = rowAt[Math.min(first + 1, last)];
    int c = rowAt[Math.min(first + 2, last)];
    int d = rowAt[Math.min(first + 3, last)];
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

  private static void eight(
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
    FloatVector e0 = a0;
    FloatVector e1 = a0;
    FloatVector f0 = a0;
    FloatVector f1 = a0;
    FloatVector g0 = a0;
    FloatVector g1 = a0;
    FloatVector h0 = a0;
    FloatVector h1 = a0;
    int last = rowAt.length - 1;
    int a = rowAt[first];
    int b = rowAt[Math.min(first + 1, last)];
    int c = rowAt[Math.min(first + 2, last)];
    int d = rowAt[Math.min(first + 3, last)];
    int e = rowAt[Math.min(first + 4, last)];
    int f = rowAt[Math.min(first + 5, last)];
    int g = rowAt[Math.min(first + 6, last)];
    int h = rowAt[Math.min(first + 7, last)];
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
}

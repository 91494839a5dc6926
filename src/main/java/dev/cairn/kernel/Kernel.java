package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Inner loops. All kernels give the same bits: a sum takes its terms one after the other, each by a
 * fused multiply-add, and vectors only lie across sums, never along one. The exception is {@link
 * #dot}, whose eight partial sums are part of its contract.
 *
 * <p>Axes: i features in, {@link Panels#WIDTH} outputs of a panel.
 */
public sealed interface Kernel permits VectorKernel, ScalarKernel {

  /** Rows of a short pass. */
  int ROWS = 4;

  /** Rows of a long pass. */
  int MOST_ROWS = 8;

  /**
   * The one of this machine: vectors where the JVM has {@code jdk.incubator.vector} and the
   * processor registers of 256 or 512 bits.
   */
  static Kernel fastest() {
    boolean hasVectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return hasVectors && VectorKernel.isFast() ? new VectorKernel() : scalar();
  }

  static Kernel scalar() {
    return new ScalarKernel();
  }

  /** How it computes, for people. */
  String description();

  /**
   * One row with a panel of whole numbers.
   *
   * @param panel I8 (i, WIDTH) from panelAt on
   * @param x holds the row, i numbers, from xAt on
   * @param sums (WIDTH), written
   */
  void row(MemorySegment panel, long panelAt, int inputs, float[] x, int xAt, float[] sums);

  /**
   * Some rows with a panel of whole numbers.
   *
   * @param panel I8 (i, WIDTH) from panelAt on
   * @param x holds the rows, i numbers each
   * @param rowAt (ROWS) or (MOST_ROWS), where each row begins; one may come twice
   * @param sums (rows, WIDTH), written
   */
  void rows(MemorySegment panel, long panelAt, int inputs, float[] x, int[] rowAt, float[] sums);

  /** Whole numbers as floats. */
  void widen(MemorySegment bytes, long at, int count, float[] target, int targetAt);

  /** BF16 numbers, little-endian, as floats. */
  void widenBfloat16(MemorySegment shorts, long at, int count, float[] target, int targetAt);

  /**
   * One vector with the columns of a matrix: sums_c = sum over t of x_t * matrix_t,c.
   *
   * @param matrix numbers of row t from matrixAt + t * stride on
   * @param terms rows of the matrix
   * @param columns how many
   * @param sums written from sumsAt on
   */
  void columns(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int xAt,
      float[] sums,
      int sumsAt,
      int columns);

  /**
   * Some vectors with the columns of a matrix, each as {@link #columns} does it.
   *
   * @param rowAt (ROWS) or (MOST_ROWS), where each vector's numbers begin; one may come twice
   * @param sums written from sumsAt + r * sumsStride on for the r-th vector
   */
  void columnsOfRows(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int[] rowAt,
      float[] sums,
      int sumsAt,
      int sumsStride,
      int columns);

  /**
   * The product of two vectors in eight partial sums: the j-th takes every eighth term from j on; a
   * rest that fills no eight goes to the first. The result is ((s0 + s1) + (s2 + s3)) + ((s4 + s5)
   * + (s6 + s7)).
   */
  float dot(float[] a, int aAt, float[] b, int bAt, int count);

  /** y = a * b, number by number. */
  void multiply(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int count);

  /** target = target + source, number by number. */
  void add(float[] target, int targetAt, float[] source, int sourceAt, int count);

  /** The highest of some numbers, at least one; NaN when one of them is. */
  float highest(float[] x, int at, int count);

  /** x = exp(x - shift), within 2 units in the last place; 0 far below, infinity far above. */
  void exp(float[] x, int at, int count, float shift);

  /** gate = gate * sigmoid(gate) * up. */
  void swiGlu(float[] gate, float[] up, int at, int count);
}

package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Inner loops. All kernels give the same bits: a sum takes its terms one after the other, each by a
 * fused multiply-add, and vectors only lie across sums, never along one. The exception is {@link
 * #dot}, whose eight partial sums are part of its contract.
 *
 * <p>Axes: i features in, {@link Panels#WIDTH} outputs of a panel.
 */
public sealed interface Kernel permits VectorKernel, ScalarKernel {

  /** Rows that share a tile of a window. */
  int ROWS = 4;

  /** As many rows as are worth handing over at once: whole passes, whatever the vectors. */
  int MOST_ROWS = 24;

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
   * @param rowAt where each row begins
   * @param sums (rows, WIDTH), written, with room for {@link #MOST_ROWS}
   */
  void rows(MemorySegment panel, long panelAt, int inputs, float[] x, int[] rowAt, float[] sums);

  /**
   * One row with a panel of groups.
   *
   * @param panel as {@link GroupedPanels} lays it out, from panelAt on
   * @param x holds the row, GROUP numbers for each group, from xAt on
   * @param sums (WIDTH), written
   */
  void row(
      GroupFormat format,
      MemorySegment panel,
      long panelAt,
      int groups,
      float[] x,
      int xAt,
      float[] sums);

  /**
   * Groups of a panel as floats.
   *
   * @param target (groups * GROUP, WIDTH), written from its beginning on
   */
  void widen(GroupFormat format, MemorySegment panel, long at, int groups, float[] target);

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
  default void columns(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int xAt,
      float[] sums,
      int sumsAt,
      int columns) {
    Arrays.fill(sums, sumsAt, sumsAt + columns, 0);
    addColumns(matrix, matrixAt, stride, terms, x, xAt, sums, sumsAt, columns);
  }

  /** The same, where the sums go on from what they are: more terms of the same sums. */
  void addColumns(
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
   * @param rowAt where each vector's numbers begin
   * @param sums written from sumsAt + r * sumsStride on for the r-th vector
   */
  default void columnsOfRows(
      float[] matrix,
      int matrixAt,
      int stride,
      int terms,
      float[] x,
      int[] rowAt,
      float[] sums,
      int sumsAt,
      int sumsStride,
      int columns) {
    for (int row = 0; row < rowAt.length; row++) {
      int at = sumsAt + row * sumsStride;
      Arrays.fill(sums, at, at + columns, 0);
    }
    addColumnsOfRows(matrix, matrixAt, stride, terms, x, rowAt, sums, sumsAt, sumsStride, columns);
  }

  /** The same, where the sums go on from what they are: more terms of the same sums. */
  void addColumnsOfRows(
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

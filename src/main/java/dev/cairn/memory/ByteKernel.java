package dev.cairn.memory;

import java.lang.foreign.MemorySegment;

/**
 * Dot products with rows of signed bytes outside the heap. All kernels give the same bits: whole
 * numbers are exact, and the sums of F32 products run in the order of {@link Dot}.
 *
 * <p>Axes: d numbers of a vector, s bytes from one row to the next.
 */
sealed interface ByteKernel permits VectorByteKernel, ScalarByteKernel {

  /** A row of whole numbers is padded with zeros to a multiple of these bytes. */
  int PADDING = 32;

  /**
   * Whole products of one query and consecutive rows.
   *
   * @param rows I8 (rows, s), none of them -128; s a multiple of {@link #PADDING}
   * @param first the first row
   * @param count how many rows
   * @param query (s), from -127 to 127
   * @param products (at least count), written
   */
  void products(MemorySegment rows, int first, int count, short[] query, int[] products);

  /**
   * F32 products of one query and consecutive rows without padding.
   *
   * @param rows I8 (rows, d)
   * @param first the first row
   * @param query (d)
   * @param products one for each row from {@code from} to before {@code to}, written
   */
  void products(MemorySegment rows, int first, float[] query, float[] products, int from, int to);

  /**
   * The one of this machine: vectors of 256 bits where the JVM has {@code jdk.incubator.vector} and
   * the processor such registers.
   */
  static ByteKernel fastest() {
    boolean hasVectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return hasVectors && VectorByteKernel.isFast() ? new VectorByteKernel() : scalar();
  }

  static ByteKernel scalar() {
    return new ScalarByteKernel();
  }
}

package dev.cairn.kernel;

import java.util.Arrays;

/** Room for what one thread has at hand while it multiplies. */
public final class Scratch {

  private final int[][] rowAts = new int[Kernel.MOST_ROWS + 1][];
  private float[] sums = {};
  private float[] slice = {};

  public Scratch() {
    Arrays.setAll(rowAts, int[]::new);
  }

  /** Sums of some rows with a panel, (rows, WIDTH), with room for {@link Kernel#MOST_ROWS}. */
  float[] sums(int rows) {
    int length = Math.max(rows, Kernel.MOST_ROWS) * Panels.WIDTH;
    if (sums.length < length) {
      sums = new float[length];
    }
    return sums;
  }

  float[] slice(int length) {
    if (slice.length < length) {
      slice = new float[length];
    }
    return slice;
  }

  /**
   * Where the rows of the next passes begin, {@link Kernel#MOST_ROWS} of them or those that are
   * left.
   *
   * @param firstAt where row 0 begins
   * @param stride from one row to the next
   * @return valid until the next call
   */
  public int[] rowsFrom(int row, int rows, int firstAt, int stride) {
    int[] rowAt = rowAts[Math.min(Kernel.MOST_ROWS, rows - row)];
    for (int i = 0; i < rowAt.length; i++) {
      rowAt[i] = firstAt + (row + i) * stride;
    }
    return rowAt;
  }
}

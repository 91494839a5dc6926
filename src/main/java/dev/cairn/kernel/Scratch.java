package dev.cairn.kernel;

/** Room for what one thread has at hand while it multiplies. */
public final class Scratch {

  private final float[] sums = new float[Kernel.MOST_ROWS * Panels.WIDTH];
  private final int[] few = new int[Kernel.ROWS];
  private final int[] many = new int[Kernel.MOST_ROWS];
  private float[] panel = {};

  float[] sums() {
    return sums;
  }

  float[] panel(int length) {
    if (panel.length < length) {
      panel = new float[length];
    }
    return panel;
  }

  /**
   * Where the rows of the next pass begin; the last row again where there are no more.
   *
   * @param firstAt where row 0 begins
   * @param stride from one row to the next
   * @return valid until the next call
   */
  public int[] rowsFrom(int row, int rows, int firstAt, int stride) {
    int[] rowAt = rows - row > few.length ? many : few;
    for (int i = 0; i < rowAt.length; i++) {
      rowAt[i] = firstAt + Math.min(row + i, rows - 1) * stride;
    }
    return rowAt;
  }
}

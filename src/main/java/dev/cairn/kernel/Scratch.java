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

  /** Where the next rows begin; the last row again where there are no more. */
  int[] rowsFrom(int row, int rows, int inputs) {
    int[] rowAt = rows - row > few.length ? many : few;
    for (int i = 0; i < rowAt.length; i++) {
      rowAt[i] = Math.min(row + i, rows - 1) * inputs;
    }
    return rowAt;
  }
}

package dev.cairn.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A weight matrix (o, i), laid out in panels of {@link #WIDTH} outputs each, (i, WIDTH), so that a
 * vector lies across outputs. The last panel may stand for fewer.
 *
 * <p>Axes: i features in, o features out, T rows.
 */
public abstract sealed class Panels permits BytePanels, FloatPanels, GroupedPanels {

  /** Outputs of a panel. */
  public static final int WIDTH = 32;

  /** Inputs of a slice: its floats, 64 KiB, stay in a core's own caches while all rows pass. */
  private static final int SLICE = 512;

  private final int outputs;
  private final int inputs;

  Panels(int outputs, int inputs) {
    this.outputs = outputs;
    this.inputs = inputs;
  }

  public final int outputs() {
    return outputs;
  }

  public final int inputs() {
    return inputs;
  }

  /** How many panels there are. */
  public final int count() {
    return Math.ceilDiv(outputs, WIDTH);
  }

  /** Bytes that one product with all panels reads. */
  public abstract long byteSize();

  /**
   * The outputs of one panel.
   *
   * @param x (T, i)
   * @param y (T, o), of which the panel's columns are written
   */
  public final void multiply(
      Kernel kernel, int panel, float[] x, int rows, float[] y, Scratch scratch) {
    float[] sums = scratch.sums(rows);
    if (!multiplyFew(kernel, panel, x, rows, sums, scratch)) {
      multiplyMany(kernel, panel, x, rows, sums, scratch);
    }
    for (int row = 0; row < rows; row++) {
      store(kernel, panel, row, sums, y);
    }
  }

  /** All rows take their terms of one slice, which stays near, before the first takes the next. */
  private void multiplyMany(
      Kernel kernel, int panel, float[] x, int rows, float[] sums, Scratch scratch) {
    Arrays.fill(sums, 0, rows * WIDTH, 0);
    for (int from = 0; from < inputs; from += SLICE) {
      int terms = Math.min(SLICE, inputs - from);
      Slice slice = slice(kernel, panel, from, terms, scratch);
      for (int row = 0; row < rows; row += Kernel.MOST_ROWS) {
        int[] rowAt = scratch.rowsFrom(row, rows, from, inputs);
        kernel.addColumnsOfRows(
            slice.numbers, slice.at, WIDTH, terms, x, rowAt, sums, row * WIDTH, WIDTH, WIDTH);
      }
    }
  }

  private void store(Kernel kernel, int panel, int row, float[] sums, float[] y) {
    int first = panel * WIDTH;
    int count = Math.min(WIDTH, outputs - first);
    float[] scales = scales();
    if (scales == null) {
      System.arraycopy(sums, row * WIDTH, y, row * outputs + first, count);
    } else {
      kernel.multiply(sums, row * WIDTH, scales, first, y, row * outputs + first, count);
    }
  }

  /** Row {@code output} of the matrix, (i): what a table of embeddings is asked for. */
  public abstract void copyRow(int output, float[] target, int targetAt);

  /**
   * The sums of all rows, before scaling, where they are so few that floats in slices do not pay.
   *
   * @return false, with nothing done, where they do
   */
  abstract boolean multiplyFew(
      Kernel kernel, int panel, float[] x, int rows, float[] sums, Scratch scratch);

  /** Some inputs of a panel, before scaling; valid until the next call. */
  abstract Slice slice(Kernel kernel, int panel, int from, int terms, Scratch scratch);

  /** What the sums of each output are multiplied with, (o); null for ones. */
  abstract float @Nullable [] scales();

  /**
   * Some inputs of a panel.
   *
   * @param numbers (terms, WIDTH), from {@code at} on
   */
  record Slice(float[] numbers, int at) {}
}

package dev.cairn.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A weight matrix (o, i), laid out in panels of {@link #WIDTH} outputs each, (i, WIDTH), so that a
 * vector lies across outputs. The last panel may stand for fewer.
 *
 * <p>Axes: i features in, o features out, T rows.
 */
public abstract sealed class Panels permits BytePanels, FloatPanels {

  /** Outputs of a panel. */
  public static final int WIDTH = 32;

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
    float[] sums = scratch.sums();
    if (rows == 1) {
      multiplyRow(kernel, panel, x, sums);
      store(kernel, panel, 0, sums, 0, y);
      return;
    }
    float[] floats = floats(kernel, panel, rows, scratch);
    int row = 0;
    while (row < rows) {
      int[] rowAt = scratch.rowsFrom(row, rows, 0, inputs);
      if (floats == null) {
        multiplyRows(kernel, panel, x, rowAt, sums);
      } else {
        kernel.columnsOfRows(floats, 0, WIDTH, inputs, x, rowAt, sums, 0, WIDTH, WIDTH);
      }
      int count = Math.min(rowAt.length, rows - row);
      for (int each = 0; each < count; each++) {
        store(kernel, panel, row + each, sums, each * WIDTH, y);
      }
      row += count;
    }
  }

  private void store(Kernel kernel, int panel, int row, float[] sums, int sumsAt, float[] y) {
    int first = panel * WIDTH;
    int count = Math.min(WIDTH, outputs - first);
    float[] scales = scales();
    if (scales == null) {
      System.arraycopy(sums, sumsAt, y, row * outputs + first, count);
    } else {
      kernel.multiply(sums, sumsAt, scales, first, y, row * outputs + first, count);
    }
  }

  /** Row {@code output} of the matrix, (i): what a table of embeddings is asked for. */
  public final void copyRow(int output, float[] target, int targetAt) {
    float[] scales = scales();
    float scale = scales == null ? 1 : scales[output];
    for (int i = 0; i < inputs; i++) {
      target[targetAt + i] = number(output / WIDTH, i * WIDTH + output % WIDTH) * scale;
    }
  }

  /** Of the first row of x, before scaling. */
  abstract void multiplyRow(Kernel kernel, int panel, float[] x, float[] sums);

  /** A panel as floats, (i, WIDTH), before scaling; null when {@link #multiplyRows} is quicker. */
  float @Nullable [] floats(Kernel kernel, int panel, int rows, Scratch scratch) {
    return null;
  }

  /** Of the rows that begin at the places, before scaling. */
  abstract void multiplyRows(Kernel kernel, int panel, float[] x, int[] rowAt, float[] sums);

  abstract float number(int panel, int place);

  /** What the sums of each output are multiplied with, (o); null for ones. */
  abstract float @Nullable [] scales();
}

package dev.cairn.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * Whole numbers of eight bits with a factor for each output, as such a checkpoint stores them:
 * nothing is rounded.
 */
public final class BytePanels extends Panels {

  private static final long ALIGNMENT = 64;

  /** So many rows pay for a slice's being widened once for all of them. */
  private static final int WIDENED_FROM = Kernel.MOST_ROWS;

  private final MemorySegment numbers;
  private final float[] scales;

  private BytePanels(int inputs, MemorySegment numbers, float[] scales) {
    super(scales.length, inputs);
    this.numbers = numbers;
    this.scales = scales;
  }

  /**
   * @param rows I8 (o, i), from its position on
   * @param scales (o)
   * @param arena holds the panels
   */
  public static BytePanels of(ByteBuffer rows, int inputs, float[] scales, Arena arena) {
    long panelBytes = (long) inputs * WIDTH;
    int panels = Math.ceilDiv(scales.length, WIDTH);
    MemorySegment numbers = arena.allocate(panels * panelBytes, ALIGNMENT);
    byte[] row = new byte[inputs];
    for (int output = 0; output < scales.length; output++) {
      rows.get(row);
      long at = output / WIDTH * panelBytes + output % WIDTH;
      for (int i = 0; i < inputs; i++) {
        numbers.set(ValueLayout.JAVA_BYTE, at + (long) i * WIDTH, row[i]);
      }
    }
    return new BytePanels(inputs, numbers, scales);
  }

  @Override
  public long byteSize() {
    return numbers.byteSize() + (long) scales.length * Float.BYTES;
  }

  private long panelAt(int panel) {
    return (long) panel * inputs() * WIDTH;
  }

  @Override
  boolean multiplyFew(
      Kernel kernel, int panel, float[] x, int rows, float[] sums, Scratch scratch) {
    if (rows >= WIDENED_FROM) {
      return false;
    }
    if (rows == 1) {
      kernel.row(numbers, panelAt(panel), inputs(), x, 0, sums);
    } else {
      int[] rowAt = scratch.rowsFrom(0, rows, 0, inputs());
      kernel.rows(numbers, panelAt(panel), inputs(), x, rowAt, sums);
    }
    return true;
  }

  @Override
  Slice slice(Kernel kernel, int panel, int from, int terms, Scratch scratch) {
    int length = terms * WIDTH;
    float[] floats = scratch.slice(length);
    kernel.widen(numbers, panelAt(panel) + (long) from * WIDTH, length, floats, 0);
    return new Slice(floats, 0);
  }

  @Override
  public void copyRow(int output, float[] target, int targetAt) {
    long at = panelAt(output / WIDTH) + output % WIDTH;
    for (int i = 0; i < inputs(); i++) {
      byte number = numbers.get(ValueLayout.JAVA_BYTE, at + (long) i * WIDTH);
      target[targetAt + i] = number * scales[output];
    }
  }

  @Override
  float[] scales() {
    return scales;
  }
}

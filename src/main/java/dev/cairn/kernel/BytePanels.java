package dev.cairn.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers of eight bits with a factor for each output, as such a checkpoint stores them:
 * nothing is rounded.
 */
public final class BytePanels extends Panels {

  private static final long ALIGNMENT = 64;

  /** So many rows pay for a panel's being widened once for all of them. */
  private static final int WIDENED_FROM = 32;

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
  void multiplyRow(Kernel kernel, int panel, float[] x, float[] sums) {
    kernel.row(numbers, panelAt(panel), inputs(), x, 0, sums);
  }

  @Override
  float @Nullable [] floats(Kernel kernel, int panel, int rows, Scratch scratch) {
    if (rows < WIDENED_FROM) {
      return null;
    }
    int length = inputs() * WIDTH;
    float[] floats = scratch.panel(length);
    kernel.widen(numbers, panelAt(panel), length, floats, 0);
    return floats;
  }

  @Override
  void multiplyRows(Kernel kernel, int panel, float[] x, int[] rowAt, float[] sums) {
    kernel.rows(numbers, panelAt(panel), inputs(), x, rowAt, sums);
  }

  @Override
  float number(int panel, int place) {
    return numbers.get(ValueLayout.JAVA_BYTE, panelAt(panel) + place);
  }

  @Override
  float[] scales() {
    return scales;
  }
}

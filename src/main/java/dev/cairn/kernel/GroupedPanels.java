package dev.cairn.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of four or eight bits with a factor for each group of inputs, as GGUF files store them:
 * they stay packed, and products are to the bit those of {@link FloatPanels} of the widened
 * numbers.
 *
 * <p>A panel is a sequence of groups of inputs. Each has the factors, F16 (WIDTH), then the
 * numbers: of eight bits I8 (GROUP, WIDTH); of four bits (GROUP / 8, WIDTH) integers, each of eight
 * neighbouring inputs of one output, the first in the lowest bits.
 */
public final class GroupedPanels extends Panels {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long ALIGNMENT = 64;
  private static final long LOWER_HALVES = 0x0f0f_0f0f_0f0f_0f0fL;

  private final GroupFormat format;
  private final MemorySegment panels;

  private GroupedPanels(GroupFormat format, int outputs, int inputs, MemorySegment panels) {
    super(outputs, inputs);
    this.format = format;
    this.panels = panels;
  }

  /**
   * @param blocks (o, i / GROUP) blocks as they stand in the file, from the beginning on
   * @param arena holds the panels
   * @throws IllegalArgumentException where the inputs fill no whole groups, the bytes are too few
   *     or a factor is not finite
   */
  public static GroupedPanels of(
      GroupFormat format, MemorySegment blocks, int outputs, int inputs, Arena arena) {
    if (inputs % GroupFormat.GROUP != 0) {
      throw new IllegalArgumentException(
          "%d inputs are no whole groups of %d".formatted(inputs, GroupFormat.GROUP));
    }
    int groups = inputs / GroupFormat.GROUP;
    long bytes = (long) outputs * groups * format.blockBytes();
    if (blocks.byteSize() < bytes) {
      throw new IllegalArgumentException(
          "%d x %d numbers take %d bytes, not %d"
              .formatted(outputs, inputs, bytes, blocks.byteSize()));
    }
    long size = (long) Math.ceilDiv(outputs, WIDTH) * groups * format.panelGroupBytes();
    GroupedPanels panels =
        new GroupedPanels(format, outputs, inputs, arena.allocate(size, ALIGNMENT));
    for (int output = 0; output < outputs; output++) {
      panels.put(output, blocks);
    }
    return panels;
  }

  private int groups() {
    return inputs() / GroupFormat.GROUP;
  }

  /** Where a group of inputs of a panel begins. */
  private long groupAt(int panel, int group) {
    return ((long) panel * groups() + group) * format.panelGroupBytes();
  }

  private void put(int output, MemorySegment blocks) {
    for (int group = 0; group < groups(); group++) {
      long from = ((long) output * groups() + group) * format.blockBytes();
      long to = groupAt(output / WIDTH, group);
      putFactor(blocks.get(SHORT, from), to, output % WIDTH);
      switch (format) {
        case Q4_0 -> putHalfBytes(blocks, from + Short.BYTES, to, output % WIDTH);
        case Q8_0 -> putBytes(blocks, from + Short.BYTES, to, output % WIDTH);
      }
    }
  }

  private void putFactor(short factor, long group, int column) {
    if (!Float.isFinite(Float.float16ToFloat(factor))) {
      throw new IllegalArgumentException("a factor is %s".formatted(Float.float16ToFloat(factor)));
    }
    panels.set(SHORT, group + (long) column * Short.BYTES, factor);
  }

  private void putHalfBytes(MemorySegment blocks, long from, long group, int column) {
    long first = blocks.get(LONG, from);
    long second = blocks.get(LONG, from + Long.BYTES);
    putInteger(group, 0, column, Long.compress(first, LOWER_HALVES));
    putInteger(group, 1, column, Long.compress(second, LOWER_HALVES));
    putInteger(group, 2, column, Long.compress(first, ~LOWER_HALVES));
    putInteger(group, 3, column, Long.compress(second, ~LOWER_HALVES));
  }

  private void putInteger(long group, int place, int column, long halfBytes) {
    panels.set(INT, integerAt(group, place, column), (int) halfBytes);
  }

  private static long integerAt(long group, int place, int column) {
    return group + GroupFormat.numbersAt() + ((long) place * WIDTH + column) * Integer.BYTES;
  }

  private void putBytes(MemorySegment blocks, long from, long group, int column) {
    for (int i = 0; i < GroupFormat.GROUP; i++) {
      byte number = blocks.get(ValueLayout.JAVA_BYTE, from + i);
      panels.set(ValueLayout.JAVA_BYTE, byteAt(group, i, column), number);
    }
  }

  private static long byteAt(long group, int input, int column) {
    return group + GroupFormat.numbersAt() + (long) input * WIDTH + column;
  }

  @Override
  public long byteSize() {
    return panels.byteSize();
  }

  @Override
  public void copyRow(int output, float[] target, int targetAt) {
    int column = output % WIDTH;
    for (int group = 0; group < groups(); group++) {
      long at = groupAt(output / WIDTH, group);
      float factor = Float.float16ToFloat(panels.get(SHORT, at + (long) column * Short.BYTES));
      int to = targetAt + group * GroupFormat.GROUP;
      for (int i = 0; i < GroupFormat.GROUP; i++) {
        target[to + i] = factor * format.number(panels, at, i, column);
      }
    }
  }

  @Override
  void multiplyRow(Kernel kernel, int panel, float[] x, float[] sums) {
    kernel.row(format, panels, groupAt(panel, 0), groups(), x, 0, sums);
  }

  @Override
  Slice slice(Kernel kernel, int panel, int from, int terms, Scratch scratch) {
    float[] floats = scratch.slice(terms * WIDTH);
    long at = groupAt(panel, from / GroupFormat.GROUP);
    kernel.widen(format, panels, at, terms / GroupFormat.GROUP, floats);
    return new Slice(floats, 0);
  }

  @Override
  float @Nullable [] scales() {
    return null;
  }
}

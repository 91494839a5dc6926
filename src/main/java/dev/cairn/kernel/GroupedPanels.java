package dev.cairn.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of four or eight bits with a factor for each group of inputs, as GGUF files store them.
 * They stay packed; products are to the bit those of {@link FloatPanels} of the widened numbers.
 *
 * <p>A panel is a sequence of groups of inputs, each one F16 (WIDTH) factors, then (GROUP / n,
 * WIDTH) integers of n neighbouring inputs of an output. So a vector lies across outputs, and each
 * shift brings forth the next input of all of them.
 */
public final class GroupedPanels extends Panels {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long ALIGNMENT = 64;

  private final GroupFormat format;
  private final MemorySegment panels;

  private GroupedPanels(GroupFormat format, int outputs, int inputs, MemorySegment panels) {
    super(outputs, inputs);
    this.format = format;
    this.panels = panels;
  }

  /**
   * @param blocks (o, i / GROUP), little-endian, as they stand in the file
   * @param arena holds the panels
   * @throws IllegalArgumentException where inputs fill no whole groups, the blocks are of another
   *     size or a factor is not finite
   */
  public static GroupedPanels of(
      GroupFormat format, MemorySegment blocks, int outputs, int inputs, Arena arena) {
    if (inputs % GroupFormat.GROUP != 0) {
      throw new IllegalArgumentException(
          "%d inputs are no whole groups of %d".formatted(inputs, GroupFormat.GROUP));
    }
    long rowBytes = (long) inputs / GroupFormat.GROUP * format.blockBytes();
    if (blocks.byteSize() != outputs * rowBytes) {
      throw new IllegalArgumentException(
          "%d x %d numbers of %s take %d bytes, not %d"
              .formatted(outputs, inputs, format, outputs * rowBytes, blocks.byteSize()));
    }
    long padded = (long) Math.ceilDiv(outputs, WIDTH) * WIDTH;
    MemorySegment memory = arena.allocate(padded * rowBytes, ALIGNMENT);
    GroupedPanels panels = new GroupedPanels(format, outputs, inputs, memory);
    for (int output = 0; output < outputs; output++) {
      panels.put(output, blocks.asSlice(output * rowBytes, rowBytes));
    }
    return panels;
  }

  private void put(int output, MemorySegment blocks) {
    for (int group = 0; group < groups(); group++) {
      long from = (long) group * format.blockBytes();
      putFactor(output, group, blocks.get(SHORT, from));
      for (int i = 0; i < GroupFormat.GROUP; i += format.inAnInteger()) {
        panels.set(INT, integerAt(output, group, i), format.pack(blocks, from + Short.BYTES, i));
      }
    }
  }

  private void putFactor(int output, int group, short factor) {
    if (!Float.isFinite(Float.float16ToFloat(factor))) {
      throw new IllegalArgumentException(
          "a factor of output %d is %s".formatted(output, Float.float16ToFloat(factor)));
    }
    panels.set(SHORT, factorAt(output, group), factor);
  }

  private int groups() {
    return inputs() / GroupFormat.GROUP;
  }

  private long groupAt(int panel, int group) {
    return ((long) panel * groups() + group) * format.panelGroupBytes();
  }

  private long factorAt(int output, int group) {
    return groupAt(output / WIDTH, group) + (long) output % WIDTH * Short.BYTES;
  }

  private long integerAt(int output, int group, int first) {
    long place = (long) first / format.inAnInteger() * WIDTH + output % WIDTH;
    return groupAt(output / WIDTH, group) + GroupFormat.FACTOR_BYTES + place * Integer.BYTES;
  }

  @Override
  public long byteSize() {
    return panels.byteSize();
  }

  @Override
  public void copyRow(int output, float[] target, int targetAt) {
    int to = targetAt;
    for (int group = 0; group < groups(); group++) {
      float factor = Float.float16ToFloat(panels.get(SHORT, factorAt(output, group)));
      for (int i = 0; i < GroupFormat.GROUP; i += format.inAnInteger()) {
        int integer = panels.get(INT, integerAt(output, group, i));
        for (int place = 0; place < format.inAnInteger(); place++) {
          target[to++] = factor * format.number(integer, place);
        }
      }
    }
  }

  @Override
  boolean multiplyFew(
      Kernel kernel, int panel, float[] x, int rows, float[] sums, Scratch scratch) {
    if (rows > 1) {
      return false;
    }
    kernel.row(format, panels, groupAt(panel, 0), groups(), x, 0, sums);
    return true;
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

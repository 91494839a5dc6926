package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Whole numbers in groups of {@link #GROUP} neighbouring inputs, each group with a factor of its
 * own in 16 bits, as GGUF files hold them. A number times its factor is exact in a float.
 */
public enum GroupFormat {

  /** Four bits: number less 8, times the factor. Of a byte the lower half comes sixteen earlier. */
  Q4_0(16),

  /** Eight bits with a sign. */
  Q8_0(32);

  /** Numbers of a group. */
  public static final int GROUP = 32;

  /** What is taken from a number of four bits. */
  static final int ZERO = 8;

  /** Numbers of four bits in an integer. */
  static final int IN_AN_INTEGER = 8;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int numberBytes;

  GroupFormat(int numberBytes) {
    this.numberBytes = numberBytes;
  }

  /** Bytes of a group of one output: its factor, then its numbers. */
  public int blockBytes() {
    return Short.BYTES + numberBytes;
  }

  /** Bytes of a group of all outputs of a panel: their factors, then their numbers. */
  int panelGroupBytes() {
    return Panels.WIDTH * blockBytes();
  }

  /** Where the numbers of a group of a panel begin: behind the factors. */
  static int numbersAt() {
    return Panels.WIDTH * Short.BYTES;
  }

  /** A number of a group of a panel. */
  int number(MemorySegment panel, long group, int input, int column) {
    long numbers = group + numbersAt();
    return switch (this) {
      case Q4_0 -> {
        long at = numbers + ((long) input / IN_AN_INTEGER * Panels.WIDTH + column) * Integer.BYTES;
        yield (panel.get(INT, at) >>> input % IN_AN_INTEGER * 4 & 0xf) - ZERO;
      }
      case Q8_0 -> panel.get(ValueLayout.JAVA_BYTE, numbers + (long) input * Panels.WIDTH + column);
    };
  }
}

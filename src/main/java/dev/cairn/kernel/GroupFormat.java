package dev.cairn.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Whole numbers in groups of {@link #GROUP} neighbouring inputs, each group with a factor of its
 * own, as GGUF files hold them: a block is the factor, F16, then the numbers of one output. A
 * number is exact in a float after it is multiplied.
 */
public enum GroupFormat {

  /** Four bits, 8 more than the number. Byte j holds number j in its lower half, j + 16 above. */
  Q4_0(4),

  /** Eight bits with a sign. */
  Q8_0(8);

  /** Numbers of a group. */
  public static final int GROUP = 32;

  /** Bytes of the factors of a group of all outputs of a panel, which its numbers follow. */
  static final int FACTOR_BYTES = Panels.WIDTH * Short.BYTES;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long LOWER_HALVES = 0x0f0f_0f0f_0f0f_0f0fL;

  /** Turns four bits that are 8 more than a number into four bits with a sign. */
  private static final int SIGNS = 0x8888_8888;

  private final int bits;

  GroupFormat(int bits) {
    this.bits = bits;
  }

  /** Of a number. */
  int bits() {
    return bits;
  }

  /** Bytes of a group of one output. */
  public int blockBytes() {
    return Short.BYTES + GROUP * bits / Byte.SIZE;
  }

  /** Bytes of a group of all outputs of a panel. */
  int panelGroupBytes() {
    return Panels.WIDTH * blockBytes();
  }

  /** Neighbouring numbers of one output in an integer of a panel, the first in the highest bits. */
  int inAnInteger() {
    return Integer.SIZE / bits;
  }

  /**
   * An integer of a panel.
   *
   * @param numbersAt where the numbers of a block begin, behind its factor
   * @param first of the group's numbers that the integer holds
   */
  int pack(MemorySegment blocks, long numbersAt, int first) {
    return switch (this) {
      case Q4_0 -> {
        long bytes = Long.reverseBytes(blocks.get(LONG, numbersAt + first % (GROUP / 2)));
        long halves = first < GROUP / 2 ? LOWER_HALVES : ~LOWER_HALVES;
        yield (int) Long.compress(bytes, halves) ^ SIGNS;
      }
      case Q8_0 -> Integer.reverseBytes(blocks.get(INT, numbersAt + first));
    };
  }

  /** One of the numbers that are packed into an integer. */
  int number(int integer, int place) {
    return integer << place * bits >> Integer.SIZE - bits;
  }
}

package dev.cairn.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the numbers of a tensor are packed, under the names and ids of ggml. A row is a whole number
 * of blocks; all but the first three have a scale, and some a minimum, in each block.
 */
public enum GgufType {
  F32(0, 1, 4, PlainBlocks::widenF32),
  F16(1, 1, 2, PlainBlocks::widenF16),
  BF16(30, 1, 2, PlainBlocks::widenBf16),
  Q4_0(2, 32, 18, SmallBlocks::widenQ4Zero),
  Q4_1(3, 32, 20, SmallBlocks::widenQ4One),
  Q5_0(6, 32, 22, SmallBlocks::widenQ5Zero),
  Q5_1(7, 32, 24, SmallBlocks::widenQ5One),
  Q8_0(8, 32, 34, SmallBlocks::widenQ8Zero),
  Q4_K(12, 256, 144, LargeBlocks::widenQ4),
  Q5_K(13, 256, 176, LargeBlocks::widenQ5),
  Q6_K(14, 256, 210, LargeBlocks::widenQ6);

  /** Names of the formats that are refused; for messages alone. */
  private static final Map<Integer, String> OTHERS =
      Map.ofEntries(
          Map.entry(9, "Q8_1"),
          Map.entry(10, "Q2_K"),
          Map.entry(11, "Q3_K"),
          Map.entry(15, "Q8_K"),
          Map.entry(16, "IQ2_XXS"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(20, "IQ4_NL"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(23, "IQ4_XS"),
          Map.entry(24, "I8"),
          Map.entry(25, "I16"),
          Map.entry(26, "I32"),
          Map.entry(27, "I64"),
          Map.entry(28, "F64"),
          Map.entry(29, "IQ1_M"),
          Map.entry(34, "TQ1_0"),
          Map.entry(35, "TQ2_0"),
          Map.entry(39, "MXFP4"));

  /** Widens one block: from the byte at {@code source}, to the number at {@code target}. */
  @FunctionalInterface
  interface Block {
    void widen(ByteBuffer bytes, int source, float[] numbers, int target);
  }

  private final int id;
  private final int blockNumbers;
  private final int blockBytes;
  private final Block block;

  GgufType(int id, int blockNumbers, int blockBytes, Block block) {
    this.id = id;
    this.blockNumbers = blockNumbers;
    this.blockBytes = blockBytes;
    this.block = block;
  }

  static Optional<GgufType> of(int id) {
    return Stream.of(values()).filter(type -> type.id == id).findFirst();
  }

  /** What a message calls the format of this id. */
  static String nameOf(int id) {
    return of(id).map(Enum::name).orElse(OTHERS.getOrDefault(id, "no known type"));
  }

  /** The number that stands for it in a file. */
  public int id() {
    return id;
  }

  /** Numbers in one block. */
  public int blockNumbers() {
    return blockNumbers;
  }

  /** Bytes of one block. */
  public int blockBytes() {
    return blockBytes;
  }

  /**
   * Bytes of a whole tensor.
   *
   * @param shape sizes of its axes, the slowest first; the last a multiple of {@link #blockNumbers}
   * @throws ArithmeticException when they are more than a long holds
   */
  public long bytes(long... shape) {
    long numbers = 1;
    for (long size : shape) {
      numbers = Math.multiplyExact(numbers, size);
    }
    return Math.multiplyExact(numbers / blockNumbers, blockBytes);
  }

  /**
   * Widens whole blocks to the very floats that the format defines, and advances the bytes.
   *
   * @param bytes blocks at its position, whatever its byte order
   * @param numbers receives {@code count} floats from {@code first} on
   * @param count a multiple of {@link #blockNumbers}
   */
  public void widen(ByteBuffer bytes, float[] numbers, int first, int count) {
    if (count % blockNumbers != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no whole number of blocks of %s".formatted(count, this));
    }
    ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int blocks = count / blockNumbers;
    for (int i = 0; i < blocks; i++) {
      block.widen(source, i * blockBytes, numbers, first + i * blockNumbers);
    }
    bytes.position(bytes.position() + blocks * blockBytes);
  }
}

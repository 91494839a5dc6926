package dev.cairn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Packed numbers multiply as their widened ones do, to the bit, on every kernel. */
class GroupedPanelsTest {

  private static final int MOST_ROWS = 300;
  private static final int FACTOR_BYTES = 2;
  private static final ValueLayout.OfShort FACTOR =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Zeros, the numbers next to zero, the last before the normal ones, one, the largest. */
  private static final short[] EXTREMES = {
    0x0000,
    (short) 0x8000,
    0x0001,
    (short) 0x8001,
    0x03ff,
    (short) 0x83ff,
    0x0400,
    0x3c00,
    0x7bff,
    (short) 0xfbff
  };

  private final Random random = new Random(5);

  private MemorySegment blocks(GroupFormat format, int outputs, int inputs) {
    byte[] bytes = new byte[outputs * inputs / GroupFormat.GROUP * format.blockBytes()];
    random.nextBytes(bytes);
    MemorySegment blocks = MemorySegment.ofArray(bytes);
    for (long at = 0; at < bytes.length; at += format.blockBytes()) {
      blocks.set(FACTOR, at, factor());
    }
    return blocks;
  }

  private short factor() {
    return random.nextInt(4) == 0
        ? EXTREMES[random.nextInt(EXTREMES.length)]
        : Float.floatToFloat16((float) random.nextGaussian());
  }

  /** (o, i), as the format of the file tells. */
  private static float[] widened(GroupFormat format, MemorySegment blocks, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      long block = (long) (i / GroupFormat.GROUP) * format.blockBytes();
      float factor = Float.float16ToFloat(blocks.get(FACTOR, block));
      numbers[i] = factor * number(format, blocks, block + FACTOR_BYTES, i % GroupFormat.GROUP);
    }
    return numbers;
  }

  private static int number(GroupFormat format, MemorySegment blocks, long at, int place) {
    return switch (format) {
      case Q8_0 -> blocks.get(ValueLayout.JAVA_BYTE, at + place);
      case Q4_0 -> {
        int both = blocks.get(ValueLayout.JAVA_BYTE, at + place % 16) & 0xff;
        yield (place < 16 ? both % 16 : both / 16) - 8;
      }
    };
  }

  private float[] rows(int inputs) {
    float[] x = new float[MOST_ROWS * inputs];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-6, 4)));
    }
    return x;
  }

  private static float[] multiply(Kernel kernel, Panels weight, float[] x, int rows) {
    float[] y = new float[rows * weight.outputs()];
    try (Products products = new Products(kernel, 2)) {
      products.multiply(x, rows, weight, y);
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({
    "Q4_0, 1, 32", "Q4_0, 31, 64", "Q4_0, 33, 896", "Q4_0, 100, 544", "Q4_0, 33, 4864",
    "Q8_0, 1, 32", "Q8_0, 31, 64", "Q8_0, 33, 896", "Q8_0, 100, 544", "Q8_0, 33, 4864",
  })
  void productsAreThoseOfWidenedNumbers(GroupFormat format, int outputs, int inputs) {
    MemorySegment blocks = blocks(format, outputs, inputs);
    float[] numbers = widened(format, blocks, outputs * inputs);
    float[] x = rows(inputs);
    float[] expected =
        multiply(Kernel.scalar(), FloatPanels.of(numbers, outputs, inputs), x, MOST_ROWS);
    try (Arena arena = Arena.ofShared()) {
      Panels packed = GroupedPanels.of(format, blocks, outputs, inputs, arena);
      for (int rows : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 64, MOST_ROWS}) {
        float[] first = Arrays.copyOf(expected, rows * outputs);
        assertThat(multiply(Kernel.fastest(), packed, x, rows)).isEqualTo(first);
      }
      for (int rows : new int[] {1, 2, 9}) {
        float[] first = Arrays.copyOf(expected, rows * outputs);
        assertThat(multiply(Kernel.scalar(), packed, x, rows)).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfATableAreItsNumbers(GroupFormat format) {
    MemorySegment blocks = blocks(format, 70, 96);
    float[] numbers = widened(format, blocks, 70 * 96);
    float[] row = new float[97];
    GroupedPanels.of(format, blocks, 70, 96, Arena.ofAuto()).copyRow(68, row, 1);
    assertThat(Arrays.copyOfRange(row, 1, 97))
        .isEqualTo(Arrays.copyOfRange(numbers, 68 * 96, 69 * 96));
  }

  @ParameterizedTest
  @CsvSource({"Q4_0, 18432", "Q8_0, 34816"})
  void numbersStayPacked(GroupFormat format, long bytes) {
    MemorySegment blocks = blocks(format, 1000, 32);
    Panels panels = GroupedPanels.of(format, blocks, 1000, 32, Arena.ofAuto());
    assertThat(panels.byteSize()).isEqualTo(bytes);
  }

  @Test
  void blocksThatDoNotFitAreRefused() {
    MemorySegment blocks = blocks(GroupFormat.Q4_0, 2, 64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupedPanels.of(GroupFormat.Q4_0, blocks, 2, 48, Arena.ofAuto()))
        .withMessageContaining("48 inputs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupedPanels.of(GroupFormat.Q8_0, blocks, 2, 64, Arena.ofAuto()))
        .withMessageContaining("take 136 bytes, not 72");
  }

  @ParameterizedTest
  @CsvSource({"31744, Infinity", "64512, -Infinity", "32256, NaN"})
  void aFactorThatIsNotFiniteIsRefused(int bits, String value) {
    MemorySegment blocks = blocks(GroupFormat.Q4_0, 3, 32);
    blocks.set(FACTOR, 2L * GroupFormat.Q4_0.blockBytes(), (short) bits);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupedPanels.of(GroupFormat.Q4_0, blocks, 3, 32, Arena.ofAuto()))
        .withMessage("a factor of output 2 is " + value);
  }
}

package dev.cairn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernel gives the bits of the plain loops, and those are right. */
class KernelTest {

  private final Kernel scalar = Kernel.scalar();
  private final Kernel vector = Kernel.fastest();
  private final Random random = new Random(11);

  @BeforeEach
  void needsVectors() {
    assumeTrue(vector instanceof VectorKernel, "the processor has no vectors of 256 bits");
  }

  private float[] floats(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-6, 4)));
    }
    return numbers;
  }

  private byte[] bytes(int count) {
    byte[] numbers = new byte[count];
    random.nextBytes(numbers);
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "3, 31, 1",
    "33, 32, 2",
    "64, 33, 3",
    "65, 100, 4",
    "7, 64, 5",
    "96, 576, 9",
    "40, 33, 8",
    "32, 65, 13",
    "65, 40, 33",
    "33, 1100, 55"
  })
  void productsAreThoseOfPlainSums(int outputs, int inputs, int rows) {
    byte[] weight = bytes(outputs * inputs);
    float[] scales = floats(outputs);
    float[] scaled = new float[weight.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = weight[i] * scales[i / inputs];
    }
    float[] x = floats(rows * inputs);
    try (Arena arena = Arena.ofShared()) {
      Panels whole = BytePanels.of(ByteBuffer.wrap(weight), inputs, scales, arena);
      assertProduct(whole, x, rows, scaled);
      assertProduct(FloatPanels.of(scaled, outputs, inputs), x, rows, scaled);
    }
  }

  private void assertProduct(Panels weight, float[] x, int rows, float[] numbers) {
    float[] expected = multiply(scalar, 1, weight, x, rows);
    assertThat(multiply(vector, 1, weight, x, rows)).isEqualTo(expected);
    assertThat(multiply(vector, 3, weight, x, rows)).isEqualTo(expected);
    int inputs = weight.inputs();
    for (int row = 0; row < rows; row++) {
      float[] alone = Arrays.copyOfRange(x, row * inputs, (row + 1) * inputs);
      float[] product = multiply(vector, 2, weight, alone, 1);
      int at = row * weight.outputs();
      assertThat(product).isEqualTo(Arrays.copyOfRange(expected, at, at + weight.outputs()));
      assertPlain(product, alone, numbers);
    }
  }

  private static void assertPlain(float[] product, float[] x, float[] weight) {
    for (int output = 0; output < product.length; output++) {
      double sum = 0;
      double size = 0;
      for (int i = 0; i < x.length; i++) {
        double term = (double) x[i] * weight[output * x.length + i];
        sum += term;
        size += Math.abs(term);
      }
      assertThat((double) product[output]).isCloseTo(sum, within(1e-5 * size + 1e-30));
    }
  }

  private static float[] multiply(Kernel kernel, int threads, Panels weight, float[] x, int rows) {
    float[] y = new float[rows * weight.outputs()];
    try (Products products = new Products(kernel, threads)) {
      products.multiply(x, rows, weight, y);
    }
    return y;
  }

  @Test
  void rowsOfATableAreItsNumbers() {
    float[] weight = floats(70 * 5);
    float[] row = new float[6];
    FloatPanels.of(weight, 70, 5).copyRow(68, row, 1);
    assertThat(Arrays.copyOfRange(row, 1, 6)).isEqualTo(Arrays.copyOfRange(weight, 68 * 5, 69 * 5));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 31, 64, 100, 129})
  void functionsHaveTheSameBits(int count) {
    float[] a = floats(count + 3);
    float[] b = floats(count + 3);
    assertThat(vector.dot(a, 2, b, 3, count)).isEqualTo(scalar.dot(a, 2, b, 3, count));
    assertThat(after(a, x -> vector.exp(x, 1, count, 0.5f)))
        .isEqualTo(after(a, x -> scalar.exp(x, 1, count, 0.5f)));
    assertThat(after(a, x -> vector.swiGlu(x, b, 2, count)))
        .isEqualTo(after(a, x -> scalar.swiGlu(x, b, 2, count)));
    float[] matrix = floats(5 * (count + 2) + 1);
    assertThat(after(a, x -> vector.columns(matrix, 1, count + 2, 5, b(5), 0, x, 2, count)))
        .isEqualTo(after(a, x -> scalar.columns(matrix, 1, count + 2, 5, b(5), 0, x, 2, count)));
    int[] rowAt = {0, 7, 3, 3, 9, 1, 4, 2};
    float[] rows = new float[8 * (count + 1) + 2];
    for (int n = 1; n <= rowAt.length; n++) {
      int[] some = Arrays.copyOf(rowAt, n);
      assertThat(after(rows, y -> passOf(vector, matrix, count, some, y)))
          .isEqualTo(after(rows, y -> passOf(scalar, matrix, count, some, y)));
    }
    assertThat(after(a, x -> vector.multiply(a, 1, b, 2, x, 3, count)))
        .isEqualTo(after(a, x -> scalar.multiply(a, 1, b, 2, x, 3, count)));
    assertThat(after(a, x -> vector.add(x, 1, b, 3, count)))
        .isEqualTo(after(a, x -> scalar.add(x, 1, b, 3, count)));
    if (count > 0) {
      assertThat(vector.highest(a, 2, count)).isEqualTo(scalar.highest(a, 2, count));
    }
    MemorySegment bytes = MemorySegment.ofArray(bytes(2 * count + 5));
    assertThat(after(a, x -> vector.widen(bytes, 3, count, x, 1)))
        .isEqualTo(after(a, x -> scalar.widen(bytes, 3, count, x, 1)));
    assertThat(after(a, x -> vector.widenBfloat16(bytes, 3, count, x, 1)))
        .isEqualTo(after(a, x -> scalar.widenBfloat16(bytes, 3, count, x, 1)));
  }

  private static float[] b(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 0.3f * i - 1;
    }
    return numbers;
  }

  private static void passOf(Kernel kernel, float[] matrix, int count, int[] rowAt, float[] y) {
    kernel.columnsOfRows(matrix, 1, count + 2, 5, b(14), rowAt, y, 2, count + 1, count);
  }

  @Test
  void theHighestIsTheHighestWhereverItStands() {
    for (int place = 0; place < 41; place++) {
      float[] x = new float[41];
      Arrays.fill(x, -3);
      x[place] = -2;
      assertThat(vector.highest(x, 0, x.length)).isEqualTo(-2);
      x[place] = Float.NaN;
      assertThat(vector.highest(x, 0, x.length)).isNaN();
    }
  }

  private interface Change {
    void apply(float[] numbers);
  }

  private static float[] after(float[] numbers, Change change) {
    float[] changed = numbers.clone();
    change.apply(changed);
    return changed;
  }

  @Test
  void exponentialsAreWithinTwoUnitsInTheLastPlace() {
    for (float x = -87; x < 88; x += 0.00917f) {
      float expected = (float) Math.exp(x);
      assertThat(ScalarExponential.of(x)).isCloseTo(expected, within(2 * Math.ulp(expected)));
    }
    assertThat(ScalarExponential.of(0)).isEqualTo(1);
    assertThat(ScalarExponential.of(-1000)).isZero();
    assertThat(ScalarExponential.of(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(ScalarExponential.of(Float.NaN)).isNaN();
  }

  @Test
  void wideningKeepsTheNumbers() {
    MemorySegment shorts =
        MemorySegment.ofArray(new short[] {0x3f80, (short) 0xc000, 0, (short) 0x8000});
    float[] target = new float[4];
    vector.widenBfloat16(shorts, 0, 4, target, 0);
    assertThat(target).containsExactly(1, -2, 0, -0f);
    MemorySegment bytes = MemorySegment.ofArray(new byte[] {-128, -1, 0, 127});
    vector.widen(bytes, 0, 4, target, 0);
    assertThat(target).containsExactly(-128, -1, 0, 127);
    assertThat(bytes.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) -128);
  }
}

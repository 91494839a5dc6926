package dev.cairn.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels give the same bits; of the vector one on every processor, quick or not. */
class ByteKernelTest {

  private static final int ROWS = 13;

  private final Random random = new Random(1);

  private MemorySegment rows(int stride) {
    byte[] rows = new byte[ROWS * stride];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (byte) random.nextInt(-127, 128);
    }
    return Arena.ofAuto().allocate(rows.length, 64).copyFrom(MemorySegment.ofArray(rows));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 384})
  void wholeProductsAreTheSame(int stride) {
    short[] query = new short[stride];
    for (int i = 0; i < stride; i++) {
      query[i] = (short) random.nextInt(-127, 128);
    }
    assertSameProducts(rows(stride), query);
  }

  @ParameterizedTest
  @ValueSource(ints = {-127, 127})
  void theLargestProductsFit(int number) {
    short[] query = new short[384];
    Arrays.fill(query, (short) number);
    MemorySegment rows = Arena.ofAuto().allocate(ROWS * 384, 64).fill((byte) -127);
    assertSameProducts(rows, query);
  }

  private static void assertSameProducts(MemorySegment rows, short[] query) {
    int[] vector = new int[ROWS];
    int[] scalar = new int[ROWS];
    new VectorByteKernel().products(rows, 1, ROWS - 1, query, vector);
    ByteKernel.scalar().products(rows, 1, ROWS - 1, query, scalar);
    assertThat(vector).isEqualTo(scalar);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 383, 384})
  void productsInF32AreTheSameBits(int dim) {
    MemorySegment rows = rows(dim);
    float[] query = new float[dim];
    for (int i = 0; i < dim; i++) {
      query[i] = (float) random.nextGaussian();
    }
    float[] vector = new float[ROWS];
    float[] scalar = new float[ROWS];
    new VectorByteKernel().products(rows, 1, query, vector, 2, ROWS);
    ByteKernel.scalar().products(rows, 1, query, scalar, 2, ROWS);
    assertThat(vector).isEqualTo(scalar);
  }
}

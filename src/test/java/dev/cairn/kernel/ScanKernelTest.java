package dev.cairn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels give the same bits; of the vector one on every processor, quick or not. */
class ScanKernelTest {

  private static final int BLOCKS = 3;

  private final Random random = new Random(1);

  private interface Numbers {
    float next();
  }

  private ByteRows rows(int dim) {
    ByteRows rows = ByteRows.allocate(BLOCKS * ByteRows.BLOCK, dim, Arena.ofAuto());
    byte[] row = new byte[dim];
    for (int i = 0; i < BLOCKS * ByteRows.BLOCK; i++) {
      random.nextBytes(row);
      rows.put(i, row, 1);
    }
    return rows;
  }

  private static float[] queries(int count, Numbers numbers) {
    float[] queries = new float[count];
    for (int i = 0; i < count; i++) {
      queries[i] = numbers.next();
    }
    return queries;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 383, 384})
  void productsAreTheSameBits(int dim) {
    ByteRows rows = rows(dim);
    for (int n : new int[] {1, ScanKernel.GROUP}) {
      assertSameProducts(rows, queries(dim * n, () -> (float) random.nextGaussian()), n);
      assertSameProducts(rows, queries(dim * n, () -> random.nextInt(-127, 128)), n);
    }
  }

  private static void assertSameProducts(ByteRows rows, float[] queries, int n) {
    assertThat(products(new VectorScanKernel(), rows, queries, n))
        .isEqualTo(products(ScanKernel.scalar(), rows, queries, n));
  }

  private static float[] products(ScanKernel kernel, ByteRows rows, float[] queries, int n) {
    float[] products = new float[n * ByteRows.BLOCK];
    kernel.products(rows, BLOCKS - 1, queries, n, products);
    return products;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 384, 1_040})
  void productsOfWholeNumbersAreExact(int dim) {
    ByteRows rows = rows(dim);
    byte[] row = new byte[dim];
    Arrays.fill(row, (byte) -127);
    rows.put(2 * ByteRows.BLOCK + 5, row, 1);
    float[] query = new float[dim];
    Arrays.fill(query, 127);
    query[0] = 126;
    assertThat(products(new VectorScanKernel(), rows, query, 1)[5])
        .isEqualTo(-127f * (127 * dim - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9})
  void aGroupGivesTheSameBitsAsEachQueryAlone(int count) {
    ByteRows rows = rows(48);
    float[][] queries = new float[count][];
    Arrays.setAll(queries, i -> queries(48, () -> (float) random.nextGaussian()));
    for (QueryGroup group : QueryGroup.of(queries)) {
      float[] together = products(ScanKernel.fastest(), rows, group.numbers(), group.width());
      for (int i = 0; i < group.scales().length; i++) {
        QueryGroup alone = QueryGroup.of(new float[][] {queries[group.first() + i]}).getFirst();
        assertThat(Arrays.copyOfRange(together, i * ByteRows.BLOCK, (i + 1) * ByteRows.BLOCK))
            .isEqualTo(products(ScanKernel.fastest(), rows, alone.numbers(), 1));
        assertThat(group.scales()[i]).isEqualTo(alone.scales()[0]);
      }
    }
  }
}

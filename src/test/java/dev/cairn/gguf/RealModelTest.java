package dev.cairn.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.RealModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every number of published models, where a property names them, is a sensible one. */
class RealModelTest {

  private static final int AT_ONCE = 1 << 20;

  @Test
  void everyTensorOfTheShippedOneWidens() throws IOException {
    assertWidens(RealModels.SHIPPED, 290, 494_032_768);
  }

  @ParameterizedTest
  @CsvSource({"foreign.qwen, 291, 630167424", "foreign.smollm, 272, 134515008"})
  void everyTensorOfOthersWidens(String property, int tensors, long numbers) throws IOException {
    assertWidens(RealModels.foreign(property), tensors, numbers);
  }

  private static void assertWidens(Path path, int tensors, long numbers) throws IOException {
    try (GgufModel model = GgufModel.open(path)) {
      long count = 0;
      for (GgufTensor tensor : model.tensors().values()) {
        assertSensible(model, tensor);
        count += tensor.numbers();
      }
      assertThat(model.tensors()).hasSize(tensors);
      assertThat(count).isEqualTo(numbers);
    }
  }

  /** None is infinite, not all are the same, and their mean square is that of weights. */
  private static void assertSensible(GgufModel model, GgufTensor tensor) throws IOException {
    double squares = 0;
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    float[] numbers = new float[AT_ONCE];
    int blocks = AT_ONCE / tensor.type().blockNumbers();
    ByteBuffer bytes = ByteBuffer.allocate(blocks * tensor.type().blockBytes());
    for (long from = 0; from < tensor.length(); from += bytes.limit()) {
      bytes.clear().limit((int) Math.min(bytes.capacity(), tensor.length() - from));
      model.read(tensor.name(), from, bytes);
      int count =
          bytes.flip().remaining() / tensor.type().blockBytes() * tensor.type().blockNumbers();
      tensor.type().widen(bytes, numbers, 0, count);
      for (int i = 0; i < count; i++) {
        squares += (double) numbers[i] * numbers[i];
        least = Math.min(least, numbers[i]);
        greatest = Math.max(greatest, numbers[i]);
      }
    }
    assertThat(squares / tensor.numbers()).as(tensor.name()).isBetween(1e-6, 1e5);
    assertThat(least).as(tensor.name()).isLessThan(greatest);
  }
}

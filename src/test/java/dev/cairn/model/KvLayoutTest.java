package dev.cairn.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.kernel.Kernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KvLayoutTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4_095, 4_096, 4_097, 10_000})
  void bfloat16IsTheSameNumbersOnTheHeapAndOutsideOfIt(int count) {
    byte[] bytes = new byte[count * Short.BYTES];
    new Random(count).nextBytes(bytes);
    float[] expected = new float[count];
    for (int i = 0; i < count; i++) {
      int bits = (bytes[2 * i] & 0xff) << 16 | bytes[2 * i + 1] << 24;
      expected[i] = Float.intBitsToFloat(bits);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment outside = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
      assertThat(widened(outside, count)).isEqualTo(expected);
      assertThat(widened(MemorySegment.ofArray(bytes), count)).isEqualTo(expected);
    }
  }

  private static float[] widened(MemorySegment keysValues, int count) {
    float[] numbers = new float[count];
    new HeapChunk(keysValues, 1).widen(numbers, Kernel.fastest());
    return numbers;
  }
}

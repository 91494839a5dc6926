package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.Generator;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.Sampling;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Nothing that is computed stays behind. */
class NativeMemoryTest {

  private static final int REPEATS = 100;

  private static final TestNetwork MODEL = TestNetwork.bfloat16(Golden.checkpoint("tiny"));

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void encodingLeavesNoArraysBehind() {
    encode();
    int arrays = MODEL.arrays();
    for (int i = 0; i < REPEATS; i++) {
      encode();
    }
    assertThat(MODEL.arrays()).isEqualTo(arrays);
  }

  @Test
  void anEncoderHoldsItsWindowsOnly() {
    int arrays = MODEL.arrays();
    try (DocumentEncoder encoder = MODEL.tensorEncoder()) {
      encoder.encode(ids(32));
      int afterOne = MODEL.arrays();
      for (int i = 0; i < REPEATS; i++) {
        encoder.runUp(ids(32));
        encoder.encode(ids(32));
      }
      assertThat(MODEL.arrays()).isEqualTo(afterOne);
    }
    assertThat(MODEL.arrays()).isEqualTo(arrays);
  }

  @Test
  void answersLeaveNoArraysBehind() {
    ExactChunkMemory memory = new ExactChunkMemory(MODEL.network.form().chunk()).add(encode());
    int arrays = MODEL.arrays();
    try (Generator generator = MODEL.tensorGenerator()) {
      for (int i = 0; i < REPEATS; i++) {
        generator.generate(ids(40), memory, Sampling.greedy(4), token -> true);
      }
    }
    assertThat(MODEL.arrays()).isEqualTo(arrays);
  }

  private static EncodedChunks encode() {
    try (DocumentEncoder encoder = MODEL.tensorEncoder()) {
      encoder.runUp(ids(32));
      return encoder.encode(Arrays.copyOf(ids(32), 29));
    }
  }

  private static int[] ids(int count) {
    return new Random(3).ints(count, 0, 259).toArray();
  }
}

package dev.cairn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.Golden;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of a small model: 32 tokens, chunks of 8, a window of 24. */
class DocumentEncoderTest {

  private static final int BLOCK = 32;
  private static final Model FLOAT32 = load(ComputePath.FLOAT32);
  private static final Model BFLOAT16 = load(ComputePath.BFLOAT16);

  private static Model load(ComputePath path) {
    return Model.load(Golden.checkpoint("tiny"), new ComputeSettings("cpu", path, 1));
  }

  @AfterAll
  static void close() {
    FLOAT32.close();
    BFLOAT16.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 1, 7", "8, 1, 8", "9, 2, 1", "31, 4, 7", "32, 4, 8"})
  void aBlockHasAChunkForEveryBegunOne(int tokens, int chunks, int validInLast) {
    EncodedChunks encoded = encode(FLOAT32, ids(tokens));
    assertThat(encoded.chunks()).isEqualTo(chunks);
    assertThat(encoded.validTokens()).hasSize(chunks).endsWith(validInLast);
    assertThat(Arrays.stream(encoded.validTokens()).sum()).isEqualTo(tokens);
    assertThat(encoded.keysValues().remaining())
        .isEqualTo(chunks * FLOAT32.checkpoint().form().chunk().bytes());
    assertThat(encoded.landmarks().remaining())
        .isEqualTo(chunks * FLOAT32.checkpoint().form().chunk().landmarkDim() * Short.BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 16, 25, 31})
  void whatFollowsAChunkDoesNotChangeItsBits(int tokens) {
    int wholeChunks = tokens / 8;
    for (Model model : new Model[] {FLOAT32, BFLOAT16}) {
      int chunkBytes = model.checkpoint().form().chunk().bytes();
      assertThat(bytes(encode(model, ids(tokens)), wholeChunks * chunkBytes))
          .isEqualTo(bytes(encode(model, ids(BLOCK)), wholeChunks * chunkBytes));
    }
  }

  @Test
  void runsOfOnePathGiveTheSameBits() {
    byte[] first = encode(BFLOAT16, ids(BLOCK)).keysValues().array();
    try (Model again = load(ComputePath.BFLOAT16)) {
      assertThat(encode(BFLOAT16, ids(BLOCK)).keysValues().array()).isEqualTo(first);
      assertThat(encode(again, ids(BLOCK)).keysValues().array()).isEqualTo(first);
    }
  }

  @Test
  void pathsDifferInTheLastBitsOnly() {
    float[] exact = Bfloat16.widen(encode(FLOAT32, ids(BLOCK)).keysValues());
    float[] rounded = Bfloat16.widen(encode(BFLOAT16, ids(BLOCK)).keysValues());
    double difference = 0;
    double size = 0;
    for (int i = 0; i < exact.length; i++) {
      difference += Math.pow(exact[i] - rounded[i], 2);
      size += Math.pow(exact[i], 2);
    }
    assertThat(Math.sqrt(difference / size)).isGreaterThan(0).isCloseTo(0, within(0.02));
  }

  @Test
  void thePathIsChosenWhenTheSettingsNameNone() {
    try (Model model = Model.load(Golden.checkpoint("tiny"), new ComputeSettings("cpu", null, 1))) {
      assertThat(model.path()).isIn((Object[]) ComputePath.values());
    }
  }

  @Test
  void refusesBlocksOfAnotherLengthAndUnknownIds() {
    try (DocumentEncoder encoder = FLOAT32.encoder()) {
      assertThat(encoder.blockTokens()).isEqualTo(BLOCK);
      assertThat(encoder.runUpBlocks()).isEqualTo(2);
      assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(ids(0)));
      assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(ids(BLOCK + 1)));
      assertThatIllegalArgumentException().isThrownBy(() -> encoder.runUp(ids(BLOCK - 1)));
      assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(new int[] {259}));
      assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(new int[] {-1}));
    }
  }

  private static EncodedChunks encode(Model model, int[] ids) {
    try (DocumentEncoder encoder = model.encoder()) {
      return encoder.encode(ids);
    }
  }

  private static byte[] bytes(EncodedChunks encoded, int length) {
    return Arrays.copyOf(encoded.keysValues().array(), length);
  }

  private static int[] ids(int count) {
    return new Random(3).ints(count, 0, 259).toArray();
  }
}

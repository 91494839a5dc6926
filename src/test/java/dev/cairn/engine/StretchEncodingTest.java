package dev.cairn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.BlockPass;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.Golden;
import dev.cairn.vector.VectorEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A document encoded in one go and in stretches, bit for bit. */
class StretchEncodingTest {

  @ParameterizedTest
  @EnumSource
  void stretchesAfterRunUpGiveTheSameBitsAsOneGo(ComputePath path) {
    assertSameBits(Golden.checkpoint("tiny"), path, 9, 3, 13);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 31, 32, 33, 63, 64, 65, 200})
  void kernelsAndThreadsChangeNoBit(int tokens) {
    int[] ids = new Random(3).ints(tokens, 0, 259).toArray();
    List<List<EncodedChunks>> encoded = new ArrayList<>();
    for (Kernel kernel : List.of(Kernel.fastest(), Kernel.scalar())) {
      for (int threads : new int[] {1, 2, 3}) {
        try (VectorEngine engine = new VectorEngine(Golden.checkpoint("tiny"), kernel, threads)) {
          encoded.add(encode(engine.documentPass(), ids));
        }
      }
    }
    for (List<EncodedChunks> each : encoded) {
      for (int i = 0; i < each.size(); i++) {
        assertSameBits(each.get(i), encoded.getFirst().get(i));
      }
    }
  }

  private static List<EncodedChunks> encode(BlockPass pass, int[] ids) {
    List<EncodedChunks> encoded = new ArrayList<>();
    for (int from = 0; from < ids.length; from += 32) {
      int[] block = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + 32));
      encoded.add(pass.encode(block, () -> {}));
    }
    return encoded;
  }

  @Test
  void stretchesOfAPretrainedDecoderDoToo() {
    assertSameBits(Golden.checkpoint("layers-qwen2"), ComputePath.FLOAT32, 9, 3, 13);
  }

  /**
   * @param blocks whole blocks of the document
   * @param stretchBlocks whole blocks of a stretch
   * @param rest tokens behind the whole blocks
   */
  private static void assertSameBits(
      Checkpoint checkpoint, ComputePath path, int blocks, int stretchBlocks, int rest) {
    try (Model model = Model.load(checkpoint, new ComputeSettings("cpu", path, 1))) {
      int block = checkpoint.form().blockTokens();
      int[] ids =
          new Random(7)
              .ints((long) blocks * block + rest, 0, checkpoint.form().decoder().vocabSize())
              .toArray();
      List<EncodedChunks> whole = encode(model, ids, 0, ids.length);
      List<EncodedChunks> stretches = new ArrayList<>();
      for (int from = 0; from < ids.length; from += stretchBlocks * block) {
        int to = Math.min(ids.length, from + stretchBlocks * block);
        stretches.addAll(encode(model, ids, from, to));
      }
      assertThat(stretches).hasSameSizeAs(whole);
      for (int i = 0; i < whole.size(); i++) {
        assertSameBits(stretches.get(i), whole.get(i));
      }
    }
  }

  private static List<EncodedChunks> encode(Model model, int[] ids, int from, int to) {
    List<EncodedChunks> encoded = new ArrayList<>();
    try (DocumentEncoder encoder = model.encoder()) {
      int block = encoder.blockTokens();
      int runUp = Math.max(0, from - encoder.runUpBlocks() * block);
      for (int at = runUp; at < from; at += block) {
        encoder.runUp(Arrays.copyOfRange(ids, at, at + block));
      }
      for (int at = from; at < to; at += block) {
        encoded.add(encoder.encode(Arrays.copyOfRange(ids, at, Math.min(to, at + block))));
      }
    }
    return encoded;
  }

  private static void assertSameBits(EncodedChunks actual, EncodedChunks expected) {
    assertThat(actual.validTokens()).isEqualTo(expected.validTokens());
    assertThat(bytes(actual.keysValues())).isEqualTo(bytes(expected.keysValues()));
    assertThat(bytes(actual.landmarks())).isEqualTo(bytes(expected.landmarks()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}

package dev.cairn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A whole model, from ids to stored chunks to an answer. */
class HsaModelTest {

  private static final HsaModel MODEL =
      HsaModel.load(Golden.checkpoint("tiny"), new ComputeSettings("cpu", ComputePath.FLOAT32, 1));

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void answersFromWhatItEncoded() throws IOException {
    try (Golden golden = Golden.open("tiny")) {
      ExactChunkMemory memory = new ExactChunkMemory(MODEL.checkpoint().config());
      encode(golden.ids("document_a.ids"), memory);
      encode(golden.ids("document_b.ids"), memory);
      int[] expected = golden.ids("greedy.ids");
      Generation generation =
          MODEL.generate(
              golden.ids("prompt.ids"), memory, Sampling.greedy(expected.length), token -> true);
      assertThat(generation.tokens().stream().mapToInt(GeneratedToken::id).toArray())
          .isEqualTo(expected);
    }
  }

  private static void encode(int[] ids, ExactChunkMemory memory) {
    try (DocumentEncoder encoder = MODEL.encoder()) {
      int block = encoder.blockTokens();
      for (int from = 0; from < ids.length; from += block) {
        memory.add(
            encoder.encode(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + block))));
      }
    }
  }
}

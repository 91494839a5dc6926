package dev.cairn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.TinyCheckpoint;
import dev.cairn.model.ComputePath;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Golden;
import dev.cairn.model.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole model, from ids to stored chunks to an answer. */
class ModelTest {

  private static final Model MODEL =
      Model.load(Golden.checkpoint("tiny"), new ComputeSettings("cpu", ComputePath.FLOAT32, 1));

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void answersFromWhatItEncoded() throws IOException {
    try (Golden golden = Golden.open("tiny")) {
      ExactChunkMemory memory = new ExactChunkMemory(MODEL.checkpoint().form().chunk());
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

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "cuda", "cuda:", "cuda:-1", "cuda:x", "CPU", "", "cuda:999"})
  void refusesADeviceThatIsNotThere(String device) {
    Checkpoint checkpoint = MODEL.checkpoint();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Model.load(checkpoint, new ComputeSettings(device, ComputePath.FLOAT32, 1)))
        .withMessageContaining(device);
  }

  @Test
  void aClosedModelRefusesWorkButItsEncodersClose() {
    Model model =
        Model.load(MODEL.checkpoint(), new ComputeSettings("cpu", ComputePath.FLOAT32, 1));
    try (DocumentEncoder encoder = model.encoder()) {
      model.close();
      model.close();
      assertThatIllegalStateException().isThrownBy(() -> encoder.encode(new int[] {5}));
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  model.generate(
                      new int[] {5},
                      new ExactChunkMemory(model.checkpoint().form().chunk()),
                      Sampling.greedy(1),
                      token -> true));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10})
  void windowsOfAnyWidthEncodeAndAnswer(int window, @TempDir Path folder) throws IOException {
    Checkpoint checkpoint =
        Checkpoint.open(
            new TinyCheckpoint(folder)
                .config(
                    json -> json.replace("\"sliding_window\": 24", "\"sliding_window\": " + window))
                .write());
    try (Model model = Model.load(checkpoint, new ComputeSettings("cpu", ComputePath.FLOAT32, 1));
        DocumentEncoder encoder = model.encoder()) {
      assertThat(encoder.blockTokens()).isEqualTo(window - 1 <= 8 ? 8 : 16);
      int[] ids = IntStream.range(3, 3 + encoder.blockTokens()).toArray();
      encoder.runUp(ids);
      ExactChunkMemory memory =
          new ExactChunkMemory(checkpoint.form().chunk()).add(encoder.encode(ids));
      assertThat(model.generate(ids, memory, Sampling.greedy(5), token -> true).tokens())
          .isNotEmpty();
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

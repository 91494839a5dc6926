package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.NativeThread;
import dev.cairn.engine.NativeThread.Priority;
import dev.cairn.model.Golden;
import dev.cairn.model.Hsa;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Gradients flow through the encoding of documents and the answering of a prompt alike. */
class GradientTest {

  static final List<String> VARIANTS = List.of(Golden.VARIANTS);

  private static final String GRADIENT = "training.gradient.";
  private static final int PREDICTED = 10;

  private final NativeThread thread = TestNetwork.tensorThread();

  @AfterEach
  void close() {
    thread.close(() -> {});
  }

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void gradientsOfTheAnswersLossAreThoseOfTheReference(String variant) throws IOException {
    Checkpoint checkpoint = Golden.checkpoint(variant);
    try (Golden golden = Golden.open(variant)) {
      thread.run(Priority.ANSWER, () -> assertGradients(checkpoint, golden));
    }
  }

  private static void assertGradients(Checkpoint checkpoint, Golden golden) {
    JniUtils.setGradMode(true);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope();
        Weights weights = new Weights(checkpoint, manager)) {
      scope.suppressNotUsedWarning();
      List<String> trained = golden.names(GRADIENT);
      trained.forEach(name -> weights.tensor(name).setRequiresGradient(true));
      Network.Encoding encoding =
          Network.Encoding.of((Hsa) checkpoint.form(), weights, Linear.Float32::new);
      NDArray loss = loss(Network.of((Hsa) checkpoint.form(), weights), encoding, golden);
      JniUtils.backward((PtNDArray) loss, (PtNDArray) loss.onesLike(), false, false);
      assertThat(loss.getFloat()).isCloseTo(golden.floats("training.loss")[0], within(1e-4f));
      assertThat(trained).isNotEmpty();
      for (String name : trained) {
        assertThat(weights.tensor(name).getGradient().toFloatArray())
            .as(name)
            .containsExactly(golden.floats(GRADIENT + name), within(1e-4f));
      }
    }
  }

  /** The mean cross entropy of the last tokens of the prompt. */
  private static NDArray loss(Network network, Network.Encoding encoding, Golden golden) {
    int[] prompt = golden.ids("prompt.ids");
    NDArray logits = new WholePrompt(network).logits(memory(encoding, golden), prompt); // (T, V)
    int first = prompt.length - PREDICTED;
    NDArray predicting = logits.get(new NDIndex().addSliceDim(first - 1, prompt.length - 1));
    long[] expected = Arrays.stream(prompt, first, prompt.length).asLongStream().toArray();
    NDArray labels = network.manager().create(expected, new Shape(PREDICTED, 1));
    return predicting.logSoftmax(-1).gather(labels, 1).mean().neg();
  }

  private static TensorMemory memory(Network.Encoding network, Golden golden) {
    Encoded encoded = new Encoded(new NDList(), new NDList(), new NDList(), new ArrayList<>());
    for (String document : List.of("document_a", "document_b")) {
      int[] ids = golden.ids(document + ".ids");
      int block = network.form().blockTokens();
      try (DocumentPass pass = new DocumentPass(network)) {
        for (int from = 0; from < ids.length; from += block) {
          int[] piece = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + block));
          encoded.add(pass.chunks(piece, () -> {}), piece.length, network.form().chunk().size());
        }
      }
    }
    return encoded.memory(network.lower().manager());
  }

  private record Encoded(NDList keys, NDList values, NDList landmarks, List<Integer> validTokens) {

    void add(ChunkEncoder.Encoded block, int tokens, int chunkSize) {
      int chunks = Math.ceilDiv(tokens, chunkSize);
      NDIndex held = new NDIndex().addSliceDim(0, chunks);
      keys.add(block.keys().get(held));
      values.add(block.values().get(held));
      landmarks.add(block.landmarks().get(held));
      for (int chunk = 0; chunk < chunks; chunk++) {
        validTokens.add(Math.min(chunkSize, tokens - chunk * chunkSize));
      }
    }

    TensorMemory memory(NDManager manager) {
      return new TensorMemory(
          new ChunkEncoder.Encoded(Rows.join(keys), Rows.join(values), Rows.join(landmarks)),
          validTokens.stream().mapToInt(i -> i).toArray(),
          manager.zeros(new Shape(validTokens.size())));
    }
  }
}

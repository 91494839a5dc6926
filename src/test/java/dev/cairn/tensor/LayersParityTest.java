package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.FloatChunks;
import dev.cairn.model.Golden;
import dev.cairn.model.LayersGoldenContractTest;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** In tensors, on the engine's processor. */
@ParameterizedClass
@ValueSource(strings = {"layers-qwen2", "layers-llama3", "layers-qwen3"})
class LayersParityTest extends LayersGoldenContractTest {

  private final NDManager manager;
  private final LayersNetwork network;

  LayersParityTest(String variant) throws IOException {
    super(variant);
    TensorEngine.prepareThread(2);
    manager = NDManager.newBaseManager("PyTorch");
    Checkpoint checkpoint = Golden.checkpoint(variant);
    try (Weights weights = new Weights(checkpoint, manager)) {
      network =
          LayersNetwork.read(
              checkpoint, form, weights, Linear.Float32::new, golden.ids("prefix.ids"));
    }
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Override
  protected float[] prefix(int layer, int values) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TextSlots.Table table = network.prefix().see(layer, new int[] {0}, network.prefixTokens());
      NDArray tokens = values == 0 ? table.keys() : table.values(); // (1, Hk, P, e)
      return tokens.transpose(0, 2, 1, 3).toFloatArray();
    }
  }

  @Override
  protected FloatChunks encode(int[] ids) {
    FloatChunks document = new FloatChunks(form.chunk());
    try (LayersDocumentPass pass = new LayersDocumentPass(network);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (int from = 0; from < ids.length; from += form.blockTokens()) {
        int end = Math.min(ids.length, from + form.blockTokens());
        int[] block = Arrays.copyOfRange(ids, from, end);
        add(document, pass.chunks(block, () -> {}), form.chunk().validTokens(block.length));
      }
    }
    return document;
  }

  private void add(FloatChunks document, LayersDocumentPass.Encoded encoded, int[] validTokens) {
    ChunkForm chunk = form.chunk();
    float[] numbers = encoded.keysValues().toFloatArray();
    float[] landmarks = floats(encoded.landmarks());
    for (int i = 0; i < validTokens.length; i++) {
      document.add(
          new FloatChunks.Chunk(
              part(numbers, i, chunk.numbers()),
              part(landmarks, i, chunk.landmarkDim()),
              validTokens[i]));
    }
  }

  private static float[] part(float[] all, int number, int length) {
    return Arrays.copyOfRange(all, number * length, (number + 1) * length);
  }

  private static float[] floats(@Nullable NDArray array) {
    return array == null ? new float[0] : array.toFloatArray();
  }

  @Override
  protected float[] keptBias(int layer) {
    Biases<NDArray> biases = network.layers().get(layer).biases();
    return biases == null ? new float[0] : biases.key().toFloatArray();
  }

  @Override
  protected float[] landmark(int[] prompt) {
    try (TextSlots texts = network.prefix().behind(0, form.retrievalLayers())) {
      return network.landmark(prompt, texts);
    }
  }

  @Override
  protected AnswerDecoder decoder() {
    return new LayersDecoder(network);
  }
}

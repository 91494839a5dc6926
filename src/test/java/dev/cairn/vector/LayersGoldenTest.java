package dev.cairn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.FloatChunks;
import dev.cairn.model.Golden;
import dev.cairn.model.LayersGoldenContractTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** On the processor's vectors. */
@ParameterizedClass
@ValueSource(strings = {"layers-qwen2", "layers-llama3", "layers-qwen3"})
class LayersGoldenTest extends LayersGoldenContractTest {

  private final Arena arena = Arena.ofShared();
  private final Products products = new Products(Kernel.fastest(), 2);
  private final String variant;
  private final LayersNetwork network;

  LayersGoldenTest(String variant) throws IOException {
    super(variant);
    this.variant = variant;
    Checkpoint checkpoint = Golden.checkpoint(variant);
    network = LayersNetwork.read(checkpoint, form, golden.ids("prefix.ids"), products, arena);
  }

  @AfterEach
  void close() {
    products.close();
    arena.close();
  }

  @Override
  protected float[] prefix(int layer, int values) {
    KeyValueCache window = network.prefix().window(layer);
    int heads = form.chunk().heads();
    int e = form.chunk().headDim();
    float[] all = new float[network.prefix().filled() * heads * e];
    for (int i = 0; i < all.length; i++) {
      int slot = i / (heads * e);
      int head = i / e % heads;
      all[i] = values == 0 ? key(window, head, slot, i % e) : value(window, head, slot, i % e);
    }
    return all;
  }

  private static float key(KeyValueCache window, int head, int slot, int channel) {
    int in = slot % KeyValueCache.BLOCK;
    int block = window.blockAt(head, slot - in);
    return window.keys()[block + channel * KeyValueCache.BLOCK + in];
  }

  private static float value(KeyValueCache window, int head, int slot, int channel) {
    return window.values()[window.valueAt(head, slot) + channel];
  }

  @Override
  protected FloatChunks encode(int[] ids) {
    LayersDocumentPass pass = new LayersDocumentPass(network, products);
    return EncodeFloats.document(pass, form.blockTokens(), form.chunk(), ids);
  }

  @Override
  protected float[] keptBias(int layer) {
    Biases<float[]> biases = network.layers().get(layer).attention().biases();
    return biases == null ? new float[0] : biases.key();
  }

  @Override
  protected float[] landmark(int[] prompt) {
    return new ChunkChooser(network, products, 64).landmark(prompt);
  }

  @Override
  protected AnswerDecoder decoder() {
    return new LayersDecoder(network, products);
  }

  @Test
  void aPromptMayBeReadInPieces() {
    int[] prompt = golden.ids("prompt.ids");
    assertThat(new ChunkChooser(network, products, 7).landmark(prompt)).isEqualTo(landmark(prompt));
  }

  @Test
  void kernelsChangeNoBit() {
    Checkpoint checkpoint = Golden.checkpoint(variant);
    assertThat(GoldenAnswer.of(checkpoint, golden, Kernel.scalar()).logits())
        .isEqualTo(GoldenAnswer.of(checkpoint, golden, Kernel.fastest()).logits());
  }
}

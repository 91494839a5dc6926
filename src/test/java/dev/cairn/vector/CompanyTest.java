package dev.cairn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.Generator;
import dev.cairn.engine.NativeThread;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.BlockPass;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.FloatMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Golden;
import dev.cairn.model.Layers;
import dev.cairn.model.Sampling;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed beside a question or a stretch changes no bit of it. */
@ParameterizedClass
@ValueSource(strings = {"layers-qwen2", "layers-llama3", "layers-qwen3"})
class CompanyTest {

  private static final int OTHERS = 15;
  private static final int TOKENS = 24;

  private final Arena arena = Arena.ofShared();
  private final Products products = new Products(Kernel.fastest(), 2);
  private final NativeThread thread = new NativeThread();
  private final Random random = new Random(5);
  private final Golden golden;
  private final Layers form;
  private final LayersNetwork network;

  CompanyTest(String variant) throws IOException {
    golden = Golden.open(variant);
    var checkpoint = Golden.checkpoint(variant);
    form = (Layers) checkpoint.form();
    network = LayersNetwork.read(checkpoint, form, golden.ids("prefix.ids"), products, arena);
  }

  @AfterEach
  void close() throws IOException {
    thread.close(() -> {});
    golden.close();
    products.close();
    arena.close();
  }

  private int[] ids(int count) {
    return random.ints(count, 3, form.decoder().tokens()).toArray();
  }

  @Test
  void anAnswerIsTheSameAloneAndWhereItJoinsOthers() throws Exception {
    FloatMemory memory = GoldenAnswer.memory(network, products, golden);
    try (Generator generator =
            new Generator(form, new LayersDecoder(network, products), thread, ids(6));
        ExecutorService others = Executors.newFixedThreadPool(OTHERS)) {
      List<GeneratedToken> alone = answer(generator, memory);
      assertThat(golden.ids("greedy.ids"))
          .startsWith(alone.stream().mapToInt(GeneratedToken::id).toArray());
      CountDownLatch writing = new CountDownLatch(OTHERS / 2);
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < OTHERS; i++) {
        int[] prompt = ids(5 + 295 * i / (OTHERS - 1));
        asked.add(others.submit(() -> ask(generator, prompt, memory, writing)));
      }
      assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
      List<GeneratedToken> among = answer(generator, memory);
      for (Future<?> each : asked) {
        each.get();
      }
      assertSame(among, alone);
    }
  }

  /** A question of the others tells when it has its first token. */
  private static void ask(
      Generator generator, int[] prompt, FloatMemory memory, CountDownLatch writing) {
    generator.generate(
        prompt,
        memory,
        Sampling.greedy(2 * TOKENS),
        token -> {
          writing.countDown();
          return true;
        });
  }

  private List<GeneratedToken> answer(Generator generator, FloatMemory memory) {
    int[] prompt = golden.ids("prompt.ids");
    return generator.generate(prompt, memory, Sampling.greedy(TOKENS), token -> true).tokens();
  }

  private static void assertSame(List<GeneratedToken> found, List<GeneratedToken> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).id()).isEqualTo(expected.get(i).id());
      assertThat(found.get(i).logProbability()).isEqualTo(expected.get(i).logProbability());
    }
  }

  @Test
  void aStretchIsTheSameAloneAndAmongOthers() {
    int block = form.blockTokens();
    int[][] blocks = new int[8][];
    Arrays.setAll(blocks, i -> ids(i == 7 ? block - 5 : block));
    List<EncodedChunks> inOneGo = new ArrayList<>();
    BlockPass whole = new LayersDocumentPass(network, products);
    for (int[] ids : blocks) {
      inOneGo.add(whole.encode(ids, () -> {}));
    }
    for (int i = 0; i < blocks.length; i++) {
      BlockPass alone = new LayersDocumentPass(network, products);
      for (int before = Math.max(0, i - form.runUpBlocks()); before < i; before++) {
        alone.runUp(blocks[before], () -> {});
      }
      EncodedChunks encoded = alone.encode(blocks[i], () -> {});
      assertSameBits(encoded, inOneGo.get(i));
    }
  }

  private static void assertSameBits(EncodedChunks found, EncodedChunks expected) {
    assertThat(found.validTokens()).isEqualTo(expected.validTokens());
    assertThat(bytes(found.keysValues())).isEqualTo(bytes(expected.keysValues()));
    assertThat(bytes(found.landmarks())).isEqualTo(bytes(expected.landmarks()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}

package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.ReferenceAnswer;
import dev.cairn.engine.Sampler;
import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Hsa;
import dev.cairn.model.Sampling;
import dev.cairn.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Greedy answers of the starter checkpoint against those of the PyTorch reference, the memory once
 * in FP32 as the reference had it and once rounded to BF16 as it is stored.
 */
class ReferenceAnswersTest {

  private static final Logger log = LoggerFactory.getLogger(ReferenceAnswersTest.class);
  private static final Path STARTER = Path.of("models/starter");
  private static final int MAX_TOKENS = 40;
  private static final double LEAST_SHARE = 0.95;

  private static final TestNetwork MODEL = TestNetwork.float32(Checkpoint.open(STARTER));
  private static final TextTokenizer TOKENIZER = TextTokenizer.open(STARTER);

  private final Network network = MODEL.network;
  private final Hsa form = network.form();

  /** The chunks of one block, those without a token left out. */
  private record Block(float[] keys, float[] values, float[] landmarks, int[] validTokens) {}

  @AfterAll
  static void close() {
    TOKENIZER.close();
    MODEL.close();
  }

  @Test
  void someAnswersAreThoseOfTheReference() throws IOException {
    assertSameAnswers(
        references().stream().filter(reference -> tokens(reference) < 1200).limit(5).toList());
  }

  /** All take five minutes, and twice as long where other work runs beside. */
  @Tag("slow")
  @Test
  void everySixthAnswerIsThatOfTheReference() throws IOException {
    List<ReferenceAnswer> all = references();
    assertSameAnswers(
        IntStream.range(0, all.size()).filter(i -> i % 6 == 0).mapToObj(all::get).toList());
  }

  private static List<ReferenceAnswer> references() throws IOException {
    return Files.readAllLines(STARTER.resolve("reference.jsonl")).stream()
        .map(ReferenceAnswer::parse)
        .toList();
  }

  private static int tokens(ReferenceAnswer reference) {
    return reference.documents().stream().mapToInt(text -> TOKENIZER.tokenize(text).count()).sum();
  }

  private void assertSameAnswers(List<ReferenceAnswer> references) {
    int sameInFloat32 = 0;
    int sameInBfloat16 = 0;
    for (ReferenceAnswer reference : references) {
      List<Block> blocks = new ArrayList<>();
      reference.documents().forEach(text -> blocks.addAll(encode(text)));
      sameInFloat32 += same("FP32", reference, answerInFloat32(reference, blocks));
      sameInBfloat16 += same("BF16", reference, answerInBfloat16(reference, blocks));
    }
    log.info(
        "Same answers as the reference, of {}: {} in FP32, {} in BF16",
        references.size(),
        sameInFloat32,
        sameInBfloat16);
    assertThat(sameInFloat32)
        .isGreaterThanOrEqualTo((int) Math.ceil(LEAST_SHARE * references.size()));
    assertThat(sameInBfloat16)
        .isGreaterThanOrEqualTo((int) Math.ceil(LEAST_SHARE * references.size()));
  }

  private static int same(String memory, ReferenceAnswer reference, int[] answer) {
    boolean same = Arrays.equals(answer, reference.answerIds());
    if (!same) {
      log.info("{}: {} instead of {}", memory, TOKENIZER.decode(answer), reference.answer());
    }
    return same ? 1 : 0;
  }

  private List<Block> encode(String text) {
    int[] ids = TOKENIZER.tokenize(text).ids();
    int length = form.blockTokens();
    return MODEL.inScope(
        () -> {
          List<Block> blocks = new ArrayList<>();
          try (DocumentPass pass = new DocumentPass(MODEL.encoding)) {
            for (int from = 0; from < ids.length; from += length) {
              int[] piece = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + length));
              blocks.add(block(pass.chunks(piece, () -> {}), piece.length));
            }
          }
          return blocks;
        });
  }

  private Block block(ChunkEncoder.Encoded encoded, int tokens) {
    int[] valid =
        IntStream.range(0, Math.ceilDiv(tokens, form.chunk().size()))
            .map(chunk -> Math.min(form.chunk().size(), tokens - chunk * form.chunk().size()))
            .toArray();
    int half = form.chunk().bytes() / Short.BYTES / 2;
    return new Block(
        Arrays.copyOf(encoded.keys().toFloatArray(), valid.length * half),
        Arrays.copyOf(encoded.values().toFloatArray(), valid.length * half),
        Arrays.copyOf(
            encoded.landmarks().toFloatArray(), valid.length * form.chunk().landmarkDim()),
        valid);
  }

  private int[] answerInFloat32(ReferenceAnswer reference, List<Block> blocks) {
    return MODEL.inScope(
        () -> {
          ChunkSource memory = tensors(blocks, reference.prior());
          int[] ids = reference.promptIds();
          int next = likeliest(memory, ids);
          while (!form.decoder().ends(next)
              && ids.length < reference.promptIds().length + MAX_TOKENS) {
            ids = Arrays.copyOf(ids, ids.length + 1);
            ids[ids.length - 1] = next;
            next = likeliest(memory, ids);
          }
          return Arrays.copyOfRange(ids, reference.promptIds().length, ids.length);
        });
  }

  private int likeliest(ChunkSource memory, int[] ids) {
    NDArray states = new WholePrompt(network).upper(memory, ids);
    return new Sampler(Sampling.greedy(1))
        .next(network.nextLogits(states).toFloatArray(), 0, form.decoder().vocabSize());
  }

  private ChunkSource tensors(List<Block> blocks, float @Nullable [] prior) {
    int[] valid = blocks.stream().flatMapToInt(block -> Arrays.stream(block.validTokens)).toArray();
    Shape keyed =
        new Shape(valid.length, form.chunk().heads(), form.chunk().size(), form.chunk().headDim());
    return new TensorMemory(
        new ChunkEncoder.Encoded(
            tensor(blocks.stream().map(Block::keys).toList(), keyed),
            tensor(blocks.stream().map(Block::values).toList(), keyed),
            tensor(
                blocks.stream().map(Block::landmarks).toList(),
                new Shape(valid.length, form.chunk().landmarkDim()))),
        valid,
        network.manager().create(prior == null ? new float[valid.length] : prior));
  }

  private NDArray tensor(List<float[]> parts, Shape shape) {
    float[] joined = new float[(int) shape.size()];
    int end = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, joined, end, part.length);
      end += part.length;
    }
    return network.manager().create(joined, shape);
  }

  private int[] answerInBfloat16(ReferenceAnswer reference, List<Block> blocks) {
    ExactChunkMemory memory = new ExactChunkMemory(form.chunk());
    for (Block block : blocks) {
      float[] rounded = Bfloat16.widen(Bfloat16.round(block.landmarks));
      memory.add(block.keys, block.values, rounded, block.validTokens);
    }
    if (reference.prior() != null) {
      memory.prior(reference.prior());
    }
    return MODEL
        .generator()
        .generate(reference.promptIds(), memory, Sampling.greedy(MAX_TOKENS), token -> true)
        .tokens()
        .stream()
        .mapToInt(GeneratedToken::id)
        .toArray();
  }
}

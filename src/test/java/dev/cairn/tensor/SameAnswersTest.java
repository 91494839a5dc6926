package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.ReferenceAnswer;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ComputePath;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.ForwardingMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Hsa;
import dev.cairn.model.Sampling;
import dev.cairn.model.Selection;
import dev.cairn.tokenizer.TextTokenizer;
import dev.cairn.vector.ChunkBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the number format of encoding changes: the prompts of the starter's reference answers over
 * memories that were encoded in each format, against landmarks that were encoded in FP32 tensors
 * and not rounded. Both read the same tokens, those of the latter's answer.
 */
@Tag("slow")
class SameAnswersTest {

  private static final Logger log = LoggerFactory.getLogger(SameAnswersTest.class);
  private static final Path STARTER = Path.of("models/starter");
  private static final int DEFAULT_PROMPTS = 12;
  private static final int PROMPTS = Integer.getInteger("cairn.prompts", DEFAULT_PROMPTS);
  private static final int MOST_TOKENS = 1200;
  private static final int MAX_TOKENS = 40;
  private static final float CLEAR_GAP = 0.05f;

  private static final TextTokenizer TOKENIZER = TextTokenizer.open(STARTER);
  private static final TestNetwork FLOAT32 = TestNetwork.float32(Checkpoint.open(STARTER));
  private static final TestNetwork BFLOAT16 = TestNetwork.bfloat16(Checkpoint.open(STARTER));
  private static final Hsa FORM = FLOAT32.network.form();

  private long clearPairs;
  private long clearSame;
  private long pairs;
  private double overlap;
  private double squaredError;
  private double variance;
  private long logits;
  private int sameTexts;

  @AfterAll
  static void close() {
    TOKENIZER.close();
    FLOAT32.close();
    BFLOAT16.close();
  }

  @ParameterizedTest
  @EnumSource
  void selectionsLogitsAndTextsAreThoseOfFloat32(ComputePath path) throws IOException {
    List<ReferenceAnswer> references = references();
    references.forEach(reference -> compare(reference, path));
    double clear = (double) clearSame / clearPairs;
    double error = Math.sqrt(squaredError / variance);
    log.info(
        "{}: same set in {} of {} clear pairs; mean overlap of {} pairs {}; RMSE of {} logits {} of"
            + " their standard deviation; same text in {} of {}",
        path,
        clearSame,
        clearPairs,
        pairs,
        overlap / pairs,
        logits,
        error,
        sameTexts,
        references.size());
    assertThat(clear).isGreaterThanOrEqualTo(0.99);
    assertThat(overlap / pairs).isGreaterThanOrEqualTo(0.95);
    assertThat(error).isLessThanOrEqualTo(0.02);
    assertThat((double) sameTexts / references.size()).isGreaterThanOrEqualTo(0.85);
  }

  /** BF16 is many times slower where the processor has no units for it; so a part by default. */
  private static List<ReferenceAnswer> references() throws IOException {
    return Files.readAllLines(STARTER.resolve("reference.jsonl")).stream()
        .map(ReferenceAnswer::parse)
        .filter(reference -> PROMPTS > DEFAULT_PROMPTS || tokens(reference) < MOST_TOKENS)
        .limit(PROMPTS)
        .toList();
  }

  private static int tokens(ReferenceAnswer reference) {
    return reference.documents().stream().mapToInt(text -> TOKENIZER.tokenize(text).count()).sum();
  }

  private void compare(ReferenceAnswer reference, ComputePath path) {
    ExactChunkMemory exact = new ExactChunkMemory(FORM.chunk());
    ExactChunkMemory stored = new ExactChunkMemory(FORM.chunk());
    for (String text : reference.documents()) {
      int[] ids = TOKENIZER.tokenize(text).ids();
      addExact(exact, ids);
      addStored(stored, ids, path);
    }
    if (reference.prior() != null) {
      exact.prior(reference.prior());
      stored.prior(reference.prior());
    }
    int[] answer = answer(reference, exact);
    sameTexts += Arrays.equals(answer, answer(reference, stored)) ? 1 : 0;
    compare(
        Trace.of(exact, reference.promptIds(), answer),
        Trace.of(stored, reference.promptIds(), answer));
  }

  private static void addExact(ExactChunkMemory memory, int[] ids) {
    int block = FORM.blockTokens();
    int half = FORM.chunk().bytes() / Short.BYTES / 2;
    FLOAT32.inScope(
        () -> {
          try (DocumentPass pass = new DocumentPass(FLOAT32.encoding)) {
            for (int from = 0; from < ids.length; from += block) {
              int[] piece = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + block));
              ChunkEncoder.Encoded encoded = pass.chunks(piece, () -> {});
              int[] valid = new ChunkBuffer(FORM.chunk(), piece.length).chunks().validTokens();
              memory.add(
                  Arrays.copyOf(encoded.keys().toFloatArray(), valid.length * half),
                  Arrays.copyOf(encoded.values().toFloatArray(), valid.length * half),
                  Arrays.copyOf(
                      encoded.landmarks().toFloatArray(),
                      valid.length * FORM.chunk().landmarkDim()),
                  valid);
            }
          }
          return null;
        });
  }

  private static void addStored(ExactChunkMemory memory, int[] ids, ComputePath path) {
    try (DocumentEncoder encoder =
        path == ComputePath.FLOAT32 ? FLOAT32.encoder() : BFLOAT16.tensorEncoder()) {
      int block = encoder.blockTokens();
      for (int from = 0; from < ids.length; from += block) {
        memory.add(
            encoder.encode(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + block))));
      }
    }
  }

  private static int[] answer(ReferenceAnswer reference, ChunkMemory memory) {
    return FLOAT32
        .generator()
        .generate(reference.promptIds(), memory, Sampling.greedy(MAX_TOKENS), token -> true)
        .tokens()
        .stream()
        .mapToInt(GeneratedToken::id)
        .toArray();
  }

  private void compare(Trace expected, Trace actual) {
    for (int i = 0; i < expected.chosen.size(); i++) {
      int[] right = expected.chosen.get(i);
      long shared = shared(right, actual.chosen.get(i));
      pairs++;
      overlap += (double) shared / right.length;
      if (expected.gaps.get(i) >= CLEAR_GAP) {
        clearPairs++;
        clearSame += shared == right.length ? 1 : 0;
      }
    }
    for (int step = 0; step < expected.logits.size(); step++) {
      add(expected.logits.get(step), actual.logits.get(step));
    }
  }

  private static long shared(int[] chunks, int[] others) {
    return Arrays.stream(chunks)
        .filter(chunk -> Arrays.stream(others).anyMatch(other -> other == chunk))
        .count();
  }

  private void add(float[] expected, float[] actual) {
    double mean = 0;
    for (float each : expected) {
      mean += each / (double) expected.length;
    }
    for (int i = 0; i < expected.length; i++) {
      squaredError += Math.pow(actual[i] - expected[i], 2);
      variance += Math.pow(expected[i] - mean, 2);
    }
    logits += expected.length;
  }

  /** What one run chose in every (token, block) pair, and the logits from the prompt's end on. */
  private static final class Trace extends ForwardingMemory {

    private final List<int[]> chosen = new ArrayList<>();
    private final List<Float> gaps = new ArrayList<>();
    private final List<float[]> logits = new ArrayList<>();

    private Trace(ChunkMemory memory) {
      super(memory);
    }

    static Trace of(ChunkMemory memory, int[] prompt, int[] answer) {
      Trace trace = new Trace(memory);
      try (DecoderRun run = new DecoderRun(FLOAT32.engine.decoder(), trace)) {
        // One token a step, so that the pairs come in the order of the tokens.
        trace.logits.add(run.read(1, prompt));
        for (int id : answer) {
          trace.logits.add(run.read(1, id));
        }
      }
      return trace;
    }

    @Override
    public Selection[] select(float[][] queries, int k) {
      Selection[] wider = super.select(queries, k + 1);
      Selection[] selections = new Selection[wider.length];
      for (int i = 0; i < wider.length; i++) {
        float[] scores = wider[i].scores();
        int count = Math.min(k, scores.length);
        selections[i] =
            new Selection(Arrays.copyOf(wider[i].chunks(), count), Arrays.copyOf(scores, count));
        chosen.add(selections[i].chunks());
        gaps.add(scores.length > k ? scores[k - 1] - scores[k] : Float.POSITIVE_INFINITY);
      }
      return selections;
    }
  }
}

package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.ContinuousBatch;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DamagedMemory;
import dev.cairn.model.ExactChunkMemory;
import dev.cairn.model.ForwardingMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Generation.FinishReason;
import dev.cairn.model.Golden;
import dev.cairn.model.Hsa;
import dev.cairn.model.Sampling;
import dev.cairn.model.Selection;
import dev.cairn.model.TokenSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of a small model that are written at the same time. */
@Timeout(60)
class ContinuousBatchTest {

  private static final TestNetwork MODEL = TestNetwork.float32(Golden.checkpoint("tiny"));
  private static final Hsa FORM = MODEL.network.form();
  private static final int TOKENS = 12;

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void aHundredAnswersAreTheSameAloneAndAmongSixteen() throws Exception {
    List<int[]> alone = IntStream.range(0, 100).mapToObj(i -> ids(answer(i))).toList();
    try (ExecutorService callers = Executors.newFixedThreadPool(ContinuousBatch.MOST)) {
      List<Callable<int[]>> calls = new ArrayList<>();
      IntStream.range(0, 100).forEach(i -> calls.add(() -> ids(answer(i))));
      List<Future<int[]>> together = callers.invokeAll(calls);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    }
  }

  @Test
  void noAnswerStarvesWhenThereAreMoreThanAStepTakes() throws Exception {
    int answers = 3 * ContinuousBatch.MOST;
    Map<Integer, Integer> written = new ConcurrentHashMap<>();
    CountDownLatch allHaveOne = new CountDownLatch(answers);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Generation>> futures = new ArrayList<>();
      for (int i = 0; i < answers; i++) {
        int number = i;
        futures.add(
            callers.submit(
                () ->
                    generate(
                        number,
                        500,
                        token -> {
                          if (written.merge(number, 1, Integer::sum) == 1) {
                            allHaveOne.countDown();
                          }
                          return allHaveOne.getCount() > 0;
                        })));
      }
      for (Future<Generation> future : futures) {
        assertThat(future.get().finishReason()).isIn(FinishReason.CANCELLED, FinishReason.STOP);
      }
    }
    assertThat(written).hasSize(answers);
  }

  @Test
  void aReaderThatStallsHoldsUpNoOtherAndIsFollowedByTwoTokensAtMost() throws Exception {
    CountDownLatch othersAreDone = new CountDownLatch(1);
    CountingMemory memory = new CountingMemory(memory(9));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Generation> stalled =
          callers.submit(
              () ->
                  MODEL
                      .generator()
                      .generate(
                          ids(8, 1),
                          memory,
                          Sampling.greedy(50),
                          token -> {
                            awaitQuietly(othersAreDone);
                            return false;
                          }));
      for (int i = 0; i < 20; i++) {
        answer(i);
      }
      assertThat(memory.scans.get()).isLessThanOrEqualTo(FORM.blocks().beforeLayers().size() * 3);
      othersAreDone.countDown();
      assertThat(stalled.get().tokens()).hasSize(1);
    }
  }

  @Test
  void aMemoryThatCannotBeReadFailsItsOwnAnswerOnly() throws Exception {
    IllegalStateException damaged = new IllegalStateException("chunk 1 is damaged");
    ChunkMemory broken = new DamagedMemory(memory(9), damaged);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      int[] alone = ids(answer(3));
      List<Future<int[]>> good =
          IntStream.range(0, 8).mapToObj(i -> callers.submit(() -> ids(answer(3)))).toList();
      for (int i = 0; i < 8; i++) {
        assertThatThrownBy(
                () ->
                    MODEL
                        .generator()
                        .generate(ids(8, 1), broken, Sampling.greedy(5), token -> true))
            .hasMessage("chunk 1 is damaged");
      }
      for (Future<int[]> each : good) {
        assertThat(each.get()).isEqualTo(alone);
      }
    }
  }

  private static final class CountingMemory extends ForwardingMemory {

    private final AtomicInteger scans = new AtomicInteger();

    CountingMemory(ChunkMemory memory) {
      super(memory);
    }

    @Override
    public Selection[] select(float[][] queries, int k) {
      scans.incrementAndGet();
      return super.select(queries, k);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Generation answer(int number) {
    return generate(number, TOKENS, token -> true);
  }

  private static Generation generate(int number, int maxTokens, TokenSink sink) {
    int[] prompt = ids(1 + 7 * number % 90, number);
    ChunkMemory memory = memory(number % 12);
    return MODEL.generator().generate(prompt, memory, Sampling.greedy(maxTokens), sink);
  }

  private static int[] ids(Generation generation) {
    return generation.tokens().stream().mapToInt(GeneratedToken::id).toArray();
  }

  private static int[] ids(int count, int seed) {
    return new Random(seed).ints(count, 3, FORM.decoder().vocabSize()).toArray();
  }

  private static ExactChunkMemory memory(int chunks) {
    ExactChunkMemory memory = new ExactChunkMemory(FORM.chunk());
    Random random = new Random(chunks);
    int half = FORM.chunk().bytes() / Short.BYTES / 2;
    int[] validTokens = new int[chunks];
    Arrays.fill(validTokens, FORM.chunk().size());
    return memory.add(
        gaussian(random, chunks * half),
        gaussian(random, chunks * half),
        gaussian(random, chunks * FORM.chunk().landmarkDim()),
        validTokens);
  }

  private static float[] gaussian(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

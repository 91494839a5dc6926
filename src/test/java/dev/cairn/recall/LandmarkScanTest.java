package dev.cairn.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.kernel.ScanKernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Selection;
import dev.cairn.segment.SegmentShape;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** The scan against a double loop. Whole numbers make all sums exact and many scores equal. */
class LandmarkScanTest {

  private static final int K = 8;

  @TempDir private Path folder;

  private LocalBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store = new LocalBlobStore(folder);
  }

  private QuestionMemories memories(int threads) {
    return new QuestionMemories(
        store,
        RecallSettings.of(DataSize.ofMegabytes(64), DataSize.ofBytes(0), threads),
        null,
        new PriorScales(30, 0),
        ScanKernel.fastest());
  }

  private StoredDocument stored(int chunks, int dim) throws IOException {
    return StoredDocument.store(
        store,
        new SegmentShape(1, new ChunkForm(1, 1, 1, 1, dim), 0, KvFormat.BF16),
        chunks,
        chunks);
  }

  private static float[][] queries(int count, int dim) {
    Random random = new Random(count);
    float[][] queries = new float[count][dim];
    for (float[] query : queries) {
      for (int i = 0; i < dim; i++) {
        query[i] = random.nextInt(-2, 3);
      }
    }
    return queries;
  }

  private static List<Integer> best(float[] scores, int k) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer chunk) -> -scores[chunk])
                .thenComparing(Comparator.naturalOrder()))
        .limit(k)
        .toList();
  }

  private static float[] scores(float[] query, List<float[]> landmarks) {
    float[] scores = new float[landmarks.size()];
    for (int chunk = 0; chunk < scores.length; chunk++) {
      float sum = 0;
      for (int i = 0; i < query.length; i++) {
        sum += query[i] * landmarks.get(chunk)[i];
      }
      scores[chunk] = sum * (float) (1 / Math.sqrt(query.length)) + 0f;
    }
    return scores;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 19, 384})
  void itFindsWhatADoubleLoopFindsAtEverySize(int dim) throws IOException {
    for (int chunks : new int[] {1, K - 1, K, K + 1, 5_000}) {
      StoredDocument document = stored(chunks, dim);
      List<float[]> landmarks = document.landmarks();
      for (int threads : new int[] {1, 2, 3}) {
        assertSameAsDoubleLoop(document, landmarks, queries(5, dim), threads);
      }
    }
  }

  private void assertSameAsDoubleLoop(
      StoredDocument document, List<float[]> landmarks, float[][] queries, int threads) {
    try (QuestionMemories memories = memories(threads);
        QuestionMemory memory = memories.open(List.of(document.document()), PriorQuery.NONE)) {
      Selection[] selections = memory.select(queries, K);
      for (int i = 0; i < queries.length; i++) {
        float[] scores = scores(queries[i], landmarks);
        List<Integer> expected = best(scores, K);
        assertThat(selections[i].chunks()).containsExactly(expected.toArray(Integer[]::new));
        for (int rank = 0; rank < expected.size(); rank++) {
          assertThat(selections[i].scores()[rank]).isEqualTo(scores[expected.get(rank)]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void ofEqualScoresTheLowestNumbersWinWhateverTheThreads(int threads) throws IOException {
    StoredDocument document = stored(20_000, 1);
    try (QuestionMemories memories = memories(threads);
        QuestionMemory memory = memories.open(List.of(document.document()), PriorQuery.NONE)) {
      Selection[] selections = memory.select(new float[][] {{0}, {-0f}}, 100);
      assertThat(selections)
          .allSatisfy(
              selection ->
                  assertThat(selection.chunks()).isEqualTo(IntStream.range(0, 100).toArray()));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "1, 3", "1, 5"})
  void scoresAreTheSameBitsWhateverTheThreadsAndTheCompany(int few, int many) throws IOException {
    StoredDocument document = stored(10_000, 48);
    float[][] queries = gaussian(7, 48);
    try (QuestionMemories alone = memories(few);
        QuestionMemories shared = memories(many);
        QuestionMemory a = alone.open(List.of(document.document()), PriorQuery.NONE);
        QuestionMemory b = shared.open(List.of(document.document()), PriorQuery.NONE)) {
      Selection[] together = b.select(queries, K);
      for (int i = 0; i < queries.length; i++) {
        Selection single = a.select(new float[][] {queries[i]}, K)[0];
        assertThat(single.chunks()).isEqualTo(together[i].chunks());
        assertThat(single.scores()).isEqualTo(together[i].scores());
      }
    }
  }

  private static float[][] gaussian(int count, int dim) {
    Random random = new Random(1);
    float[][] queries = new float[count][dim];
    for (float[] query : queries) {
      for (int i = 0; i < dim; i++) {
        query[i] = (float) random.nextGaussian();
      }
    }
    return queries;
  }

  @Test
  void sumsOfAnyNumbersAreTrueToF32() throws IOException {
    StoredDocument document = stored(200, 384);
    List<float[]> landmarks = document.landmarks();
    float[] query = gaussian(1, 384)[0];
    try (QuestionMemories memories = memories(1);
        QuestionMemory memory = memories.open(List.of(document.document()), PriorQuery.NONE)) {
      Selection all = memory.select(new float[][] {query}, 200)[0];
      assertThat(all.chunks()).hasSize(200);
      for (int i = 0; i < all.chunks().length; i++) {
        double sum = 0;
        for (int j = 0; j < query.length; j++) {
          sum += (double) query[j] * landmarks.get(all.chunks()[i])[j];
        }
        assertThat(all.scores()[i]).isCloseTo((float) (sum / Math.sqrt(384)), within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 383, 384})
  void theKernelsSelectTheSameWithAndWithoutAPrior(int dim) throws IOException {
    SegmentShape shape = new SegmentShape(1, new ChunkForm(1, 1, 1, 1, dim), 5, KvFormat.BF16);
    for (int chunks : new int[] {1, K - 1, K, K + 1, 63, 64, 65, 4_095, 4_096, 4_097, 10_000}) {
      StoredDocument document = StoredDocument.store(store, shape, chunks, chunks);
      for (float[] question : new float[][] {null, gaussian(1, 5)[0]}) {
        assertThat(select(document, question, ScanKernel.fastest(), 3))
            .usingRecursiveComparison()
            .isEqualTo(select(document, question, ScanKernel.scalar(), 1));
      }
    }
  }

  private Selection[] select(
      StoredDocument document, float @Nullable [] question, ScanKernel kernel, int threads) {
    RecallSettings settings =
        RecallSettings.of(DataSize.ofMegabytes(64), DataSize.ofBytes(0), threads);
    try (QuestionMemories memories =
            new QuestionMemories(store, settings, null, new PriorScales(30, 0), kernel);
        QuestionMemory memory =
            memories.open(List.of(document.document()), PriorQuery.ofEmbedding(question))) {
      return memory.select(gaussian(3, document.landmarks().getFirst().length), K);
    }
  }
}

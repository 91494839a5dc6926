package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Chunks of several documents as the encoder gives them, in 32 bits and without rounding. */
public final class FloatMemory implements ChunkMemory {

  private final ChunkForm form;
  private final List<FloatChunks.Chunk> chunks = new ArrayList<>();
  private final List<ChunkRange> documents = new ArrayList<>();
  private float[] prior = {};

  public FloatMemory(ChunkForm form) {
    this.form = form;
  }

  public FloatMemory add(FloatChunks document) {
    documents.add(new ChunkRange(size(), size() + document.chunks().size()));
    chunks.addAll(document.chunks());
    return this;
  }

  public List<FloatChunks.Chunk> chunks() {
    return chunks;
  }

  public FloatMemory prior(float... values) {
    prior = values;
    return this;
  }

  @Override
  public int size() {
    return chunks.size();
  }

  @Override
  public ChunkRange document(int chunk) {
    return documents.stream()
        .filter(each -> each.first() <= chunk && chunk < each.end())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Selection[] select(float[][] queries, int k) {
    float[] scores = new float[size()];
    for (int chunk = 0; chunk < scores.length; chunk++) {
      scores[chunk] = score(queries[0], chunk);
    }
    int[] best =
        IntStream.range(0, size())
            .boxed()
            .sorted(Comparator.comparing((Integer chunk) -> -scores[chunk]))
            .limit(k)
            .mapToInt(chunk -> chunk)
            .toArray();
    float[] bestScores = new float[best.length];
    for (int i = 0; i < best.length; i++) {
      bestScores[i] = scores[best[i]];
    }
    return new Selection[] {new Selection(best, bestScores)};
  }

  public float score(float[] query, int chunk) {
    double product = 0;
    for (int i = 0; i < query.length; i++) {
      product += query[i] * (double) chunks.get(chunk).landmark()[i];
    }
    double score = query.length == 0 ? 0 : product / Math.sqrt(form.landmarkDim());
    return (float) (prior.length == 0 ? score : score + prior[chunk]);
  }

  @Override
  public StoredChunk[] hold(int[] numbers) {
    return IntStream.of(numbers).mapToObj(n -> new Held(chunks.get(n))).toArray(StoredChunk[]::new);
  }

  private record Held(FloatChunks.Chunk chunk) implements StoredChunk {

    @Override
    public MemorySegment keysValues() {
      throw new UnsupportedOperationException("these have 32 bits");
    }

    @Override
    public void widen(float[] numbers, Kernel kernel) {
      System.arraycopy(chunk.numbers(), 0, numbers, 0, numbers.length);
    }

    @Override
    public int validTokens() {
      return chunk.validTokens();
    }

    @Override
    public void close() {}
  }
}

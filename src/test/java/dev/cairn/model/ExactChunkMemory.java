package dev.cairn.model;

import dev.cairn.kernel.Bfloat16;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Chunks on the heap, with an exact scan in FP32. For tests of all packages.
 *
 * <p>Axes: c chunks, Hm memory_kv_heads, S chunk_size, e head_dim, r retrieval_dim.
 */
public final class ExactChunkMemory implements ChunkMemory {

  private record Stored(byte[] keysValues, float[] landmark, int validTokens) {}

  private final ChunkForm form;
  private final List<Stored> chunks = new ArrayList<>();
  private final NavigableSet<Integer> firstChunks = new TreeSet<>(Set.of(0)); // of documents
  private float[] prior = {};

  public ExactChunkMemory(ChunkForm form) {
    this.form = form;
  }

  /** What is added from now on is of another document. */
  public ExactChunkMemory nextDocument() {
    firstChunks.add(size());
    return this;
  }

  /** Adds the chunks of a block of a document behind those that are there. */
  public ExactChunkMemory add(EncodedChunks block) {
    float[] landmarks = Bfloat16.widen(block.landmarks().duplicate());
    byte[] keysValues = new byte[block.keysValues().remaining()];
    block.keysValues().duplicate().get(keysValues);
    store(keysValues, landmarks, block.validTokens());
    return this;
  }

  /**
   * Adds chunks whose landmarks stay FP32.
   *
   * @param keys (c, Hm, S, e)
   * @param values (c, Hm, S, e)
   * @param landmarks (c, r)
   * @param validTokens (c)
   */
  public ExactChunkMemory add(float[] keys, float[] values, float[] landmarks, int[] validTokens) {
    int half = form.bytes() / Short.BYTES / 2;
    ByteBuffer bytes = ByteBuffer.allocate(validTokens.length * form.bytes());
    for (int chunk = 0; chunk < validTokens.length; chunk++) {
      bytes.put(Bfloat16.round(Arrays.copyOfRange(keys, chunk * half, (chunk + 1) * half)));
      bytes.put(Bfloat16.round(Arrays.copyOfRange(values, chunk * half, (chunk + 1) * half)));
    }
    store(bytes.array(), landmarks, validTokens);
    return this;
  }

  private void store(byte[] keysValues, float[] landmarks, int[] validTokens) {
    int bytes = form.bytes();
    int r = form.landmarkDim();
    for (int i = 0; i < validTokens.length; i++) {
      chunks.add(
          new Stored(
              Arrays.copyOfRange(keysValues, i * bytes, (i + 1) * bytes),
              Arrays.copyOfRange(landmarks, i * r, (i + 1) * r),
              validTokens[i]));
    }
  }

  /**
   * @param values one of each chunk, or none
   */
  public ExactChunkMemory prior(float... values) {
    prior = values.clone();
    return this;
  }

  @Override
  public int size() {
    return chunks.size();
  }

  @Override
  public ChunkRange document(int chunk) {
    Integer next = firstChunks.higher(chunk);
    return new ChunkRange(
        Objects.requireNonNull(firstChunks.floor(chunk)), next == null ? size() : next);
  }

  @Override
  public Selection[] select(float[][] queries, int k) {
    return Arrays.stream(queries).map(query -> select(query, k)).toArray(Selection[]::new);
  }

  private Selection select(float[] query, int k) {
    float[] scores = new float[size()];
    for (int chunk = 0; chunk < scores.length; chunk++) {
      scores[chunk] = score(query, chunk);
    }
    int[] best = BestChunks.of(scores, 0, size(), k);
    float[] bestScores = new float[best.length];
    IntStream.range(0, best.length).forEach(i -> bestScores[i] = scores[best[i]]);
    return new Selection(best, bestScores);
  }

  private float score(float[] query, int chunk) {
    double product = 0;
    for (int i = 0; i < query.length; i++) {
      product += query[i] * (double) chunks.get(chunk).landmark[i];
    }
    float score = query.length == 0 ? 0 : (float) (product / Math.sqrt(form.landmarkDim()));
    return prior.length == 0 ? score : score + prior[chunk];
  }

  @Override
  public StoredChunk[] hold(int[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(chunks::get)
        .map(chunk -> new HeapChunk(chunk.keysValues, chunk.validTokens))
        .toArray(StoredChunk[]::new);
  }
}

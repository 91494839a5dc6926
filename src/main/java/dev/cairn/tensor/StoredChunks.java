package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.ModelConfig;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The chunks of a {@code model.ChunkMemory} during one generation. Chosen chunks are read when they
 * are first needed; the last used ones are kept.
 *
 * <p>Axes: T tokens, n chosen chunks of each, r retrieval_dim, Hm memory_kv_heads, S chunk_size, v
 * valid tokens of a chunk, e head_dim.
 */
final class StoredChunks implements ChunkSource, AutoCloseable {

  private static final int KEPT_CHUNKS = 512;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ReadMeter memory;
  private final ModelConfig config;
  private final NDManager manager;
  private final Map<Integer, Chunk> kept = new LinkedHashMap<>(16, 0.75f, true);

  StoredChunks(ReadMeter memory, ModelConfig config, NDManager parent) {
    this.memory = memory;
    this.config = config;
    this.manager = parent.newSubManager();
  }

  @Override
  public int size() {
    return memory.size();
  }

  @Override
  public Choice choose(NDArray queries, int k) {
    float[][] rows = rows(queries.toFloatArray(), config.retrievalDim());
    return choice(memory.select(rows, k), Math.min(k, memory.size()));
  }

  private static float[][] rows(float[] values, int length) {
    return IntStream.range(0, values.length / length)
        .mapToObj(row -> Arrays.copyOfRange(values, row * length, (row + 1) * length))
        .toArray(float[][]::new);
  }

  private Choice choice(Selection[] selections, int choices) {
    int[] chunks = new int[selections.length * choices];
    float[] scores = new float[chunks.length];
    int place = 0;
    for (Selection selection : selections) {
      for (int i : newestFirst(selection.chunks())) {
        chunks[place] = selection.chunks()[i];
        scores[place++] = selection.scores()[i];
      }
    }
    return new Choice(chunks, manager.create(scores, new Shape(selections.length, choices)));
  }

  private static int[] newestFirst(int[] chunks) {
    return IntStream.range(0, chunks.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> chunks[i]).reversed())
        .mapToInt(i -> i)
        .toArray();
  }

  @Override
  public Chunk chunk(int number) {
    Chunk chunk = kept.get(number);
    if (chunk == null) {
      chunk = read(number);
      keep(number, chunk);
    }
    return chunk;
  }

  private Chunk read(int number) {
    try (StoredChunk stored = memory.hold(new int[] {number})[0]) {
      float[] values = numbers(stored); // (2, Hm, S, e)
      int valid = stored.validTokens();
      return new Chunk(
          heads(values, 0, valid),
          heads(values, config.memoryKeyValueHeads(), valid)); // (Hm, v, e)
    }
  }

  private static float[] numbers(StoredChunk chunk) {
    ByteBuffer bytes = chunk.keysValues().asByteBuffer();
    MemorySegment scales = chunk.scales();
    return scales == null ? Bfloat16.widen(bytes) : scaled(bytes, scales.toArray(FLOAT));
  }

  /** I8 (heads, S, e) with one scale for each head. */
  private static float[] scaled(ByteBuffer bytes, float[] scales) {
    float[] numbers = new float[bytes.remaining()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = bytes.get(i) * scales[i / (numbers.length / scales.length)];
    }
    return numbers;
  }

  /** (2 * Hm, S, e) to the valid places of Hm heads, (Hm, v, e). */
  private NDArray heads(float[] values, int firstHead, int valid) {
    int place = config.headDim();
    int head = config.chunkSize() * place;
    float[] taken = new float[config.memoryKeyValueHeads() * valid * place];
    for (int i = 0; i < config.memoryKeyValueHeads(); i++) {
      System.arraycopy(values, (firstHead + i) * head, taken, i * valid * place, valid * place);
    }
    return manager.create(taken, new Shape(config.memoryKeyValueHeads(), valid, place));
  }

  private void keep(int number, Chunk chunk) {
    NDScope.unregister(chunk.keys(), chunk.values());
    kept.put(number, chunk);
    if (kept.size() > KEPT_CHUNKS) {
      Iterator<Chunk> oldest = kept.values().iterator();
      free(oldest.next());
      oldest.remove();
    }
  }

  private static void free(Chunk chunk) {
    chunk.keys().close();
    chunk.values().close();
  }

  @Override
  public void close() {
    manager.close();
  }
}

package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import java.util.Arrays;
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

  private static final Kernel KERNEL = Kernel.fastest();

  private final ReadMeter memory;
  private final ChunkForm form;
  private final NDManager manager;
  private final Map<Integer, Chunk> kept = new LinkedHashMap<>(16, 0.75f, true);

  StoredChunks(ReadMeter memory, ChunkForm form, NDManager parent) {
    this.memory = memory;
    this.form = form;
    this.manager = parent.newSubManager();
  }

  @Override
  public int size() {
    return memory.size();
  }

  @Override
  public Choice choose(NDArray queries, int k) {
    float[][] rows = rows(queries.toFloatArray(), form.landmarkDim());
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
      Selection ordered = selection.newestFirst();
      System.arraycopy(ordered.chunks(), 0, chunks, place, choices);
      System.arraycopy(ordered.scores(), 0, scores, place, choices);
      place += choices;
    }
    return new Choice(chunks, manager.create(scores, new Shape(selections.length, choices)));
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
      float[] values = new float[form.numbers()]; // (2, Hm, S, e)
      stored.widen(values, KERNEL);
      int valid = stored.validTokens();
      return new Chunk(heads(values, 0, valid), heads(values, form.heads(), valid)); // (Hm, v, e)
    }
  }

  /** (2 * Hm, S, e) to the valid places of Hm heads, (Hm, v, e). */
  private NDArray heads(float[] values, int firstHead, int valid) {
    int place = form.headDim();
    int head = form.size() * place;
    float[] taken = new float[form.heads() * valid * place];
    for (int i = 0; i < form.heads(); i++) {
      System.arraycopy(values, (firstHead + i) * head, taken, i * valid * place, valid * place);
    }
    return manager.create(taken, new Shape(form.heads(), valid, place));
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

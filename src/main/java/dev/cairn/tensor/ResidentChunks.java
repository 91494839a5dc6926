package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.kernel.Kernel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.StoredChunk;
import dev.cairn.tensor.RotaryEmbedding.Rotation;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lays chosen chunks out in a text, one behind the other: keys get back the bias that they were
 * stored without, and are rotated to where they stand now. The last used chunks stay on the device
 * as they are stored, so that those of a question that is asked again need not go there again.
 *
 * <p>Axes: Lm memory layers, Hk key-value heads, S chunk_size, v valid tokens of a chunk, n tokens
 * of all, e head_dim.
 */
final class ResidentChunks implements AutoCloseable {

  private static final Kernel KERNEL = Kernel.fastest();

  private final LayersNetwork network;
  private final ChunkForm form;
  private final NDManager manager;
  private final long mostBytes;
  private final Map<Object, NDArray> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param mostBytes of the chunks that stay
   */
  ResidentChunks(LayersNetwork network, long mostBytes) {
    this.network = network;
    this.form = network.form().chunk();
    this.manager = network.manager().newSubManager();
    this.mostBytes = mostBytes;
  }

  /**
   * @param chunks in reading order
   * @param firstPlace where the first token comes to stand
   * @return how many tokens each has
   */
  int[] layOut(TextSlots slots, int text, int firstPlace, StoredChunk[] chunks) {
    int[] valid = Arrays.stream(chunks).mapToInt(StoredChunk::validTokens).toArray();
    int tokens = IntStream.of(valid).sum();
    if (tokens > 0) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        slots.reserve(text + 1, firstPlace + tokens);
        int[] places = IntStream.range(firstPlace, firstPlace + tokens).toArray();
        put(slots, text, places, joined(chunks));
      }
      forgetOldest();
    }
    return valid;
  }

  /** (Lm, 2, Hk, n, e). */
  private NDArray joined(StoredChunk[] chunks) {
    NDList parts = new NDList();
    for (StoredChunk chunk : chunks) {
      NDIndex valid = new NDIndex().addAllDim(3).addSliceDim(0, chunk.validTokens());
      parts.add(onDevice(chunk).get(valid)); // (Lm, 2, Hk, v, e)
    }
    return Rows.join(parts, 3);
  }

  private NDArray onDevice(StoredChunk chunk) {
    Object key = chunk.key();
    NDArray resident = key == null ? null : kept.get(key);
    if (resident != null) {
      return resident;
    }
    NDArray sent = send(chunk);
    if (key != null) {
      NDScope.unregister(sent);
      kept.put(key, sent);
    }
    return sent;
  }

  /** (Lm, 2, Hk, S, e). */
  private NDArray send(StoredChunk chunk) {
    float[] numbers = new float[form.numbers()];
    chunk.widen(numbers, KERNEL);
    return manager.create(
        numbers, new Shape(form.layers(), 2, form.heads(), form.size(), form.headDim()));
  }

  /**
   * @param places (n)
   * @param tokens (Lm, 2, Hk, n, e)
   */
  private void put(TextSlots slots, int text, int[] places, NDArray tokens) {
    int[] texts = new int[places.length];
    Arrays.fill(texts, text);
    TextSlots.Where where = TextSlots.Where.of(manager, texts, places);
    Rotation rotation =
        Rotation.of(manager, form.headDim(), network.form().decoder().rope(), places).ofHeads();
    for (int i = 0; i < form.layers(); i++) {
      int layer = network.form().memoryStart() + i;
      NDArray ofLayer = tokens.get(i).transpose(0, 2, 1, 3); // (2, n, Hk, e)
      NDArray keys = network.layers().get(layer).withKeptBias(ofLayer.get(0)); // (n, Hk, e)
      slots.put(layer, where, rotation.apply(keys), ofLayer.get(1));
    }
  }

  private void forgetOldest() {
    Iterator<NDArray> oldest = kept.values().iterator();
    long bytes = (long) kept.size() * form.numbers() * Float.BYTES;
    while (bytes > mostBytes) {
      oldest.next().close();
      oldest.remove();
      bytes -= (long) form.numbers() * Float.BYTES;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}

package dev.cairn.vector;

import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.Hsa;
import dev.cairn.model.ReadMeter;
import java.util.Arrays;

/**
 * One prompt and its answer on their way through the step decoder: the windows of all layers and
 * the chunks that it reads.
 */
final class VectorSequence implements DecodedSequence, TextCache {

  private static final int FIRST_CAPACITY = 64;

  private final Hsa form;
  private final ReadMeter memory;
  private final KeyValueCache[] windows;
  private int capacity = FIRST_CAPACITY;
  private int filled;
  private int position;

  VectorSequence(Hsa form, ChunkMemory chunks) {
    this.form = form;
    this.memory = new ReadMeter(chunks);
    this.windows = new KeyValueCache[form.lowerLayers() + form.upperLayers()];
    Arrays.setAll(windows, layer -> new KeyValueCache(form.decoder().heads(), capacity));
  }

  ReadMeter memory() {
    return memory;
  }

  @Override
  public KeyValueCache window(int layer) {
    return windows[layer];
  }

  /** The position of the next token, counted from the first one. */
  int position() {
    return position;
  }

  /** The slot of the next token. */
  int slot() {
    return filled;
  }

  @Override
  public int firstSeen(int slot) {
    return Math.max(0, slot - form.slidingWindow() + 1);
  }

  /** Makes room for new tokens; what no later token sees may go. */
  void reserve(int tokens) {
    if (filled + tokens <= capacity) {
      return;
    }
    int unseen = Math.max(0, filled - form.slidingWindow() + 1);
    int first = unseen - unseen % KeyValueCache.BLOCK;
    int kept = filled - first;
    capacity = Math.max(kept + tokens, Math.min(2 * capacity, 2 * form.slidingWindow()));
    for (KeyValueCache window : windows) {
      window.keep(first, filled, capacity);
    }
    filled = kept;
  }

  /** The tokens stand in all windows now. */
  void advance(int tokens) {
    filled += tokens;
    position += tokens;
  }

  @Override
  public ReadMeter.Use use() {
    return memory.use();
  }
}

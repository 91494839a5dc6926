package dev.cairn.vector;

import dev.cairn.model.HeadLayout;

/** A text of which each token sees all that stand before it, in some layers of a decoder. */
final class CausalText implements TextCache {

  private static final int FIRST_CAPACITY = 64;

  private final int firstLayer;
  private final KeyValueCache[] windows;
  private int capacity;
  private int filled;

  private CausalText(int firstLayer, KeyValueCache[] windows, int capacity, int filled) {
    this.firstLayer = firstLayer;
    this.windows = windows;
    this.capacity = capacity;
    this.filled = filled;
  }

  /** An empty text in the first layers. */
  static CausalText empty(HeadLayout heads, int layers) {
    KeyValueCache[] windows = new KeyValueCache[layers];
    for (int layer = 0; layer < layers; layer++) {
      windows[layer] = new KeyValueCache(heads, FIRST_CAPACITY);
    }
    return new CausalText(0, windows, FIRST_CAPACITY, 0);
  }

  /**
   * A text that goes on where another one ends.
   *
   * @param from the first layer
   * @param to behind the last layer
   */
  static CausalText behind(CausalText before, HeadLayout heads, int from, int to) {
    int capacity = before.filled + FIRST_CAPACITY;
    KeyValueCache[] windows = new KeyValueCache[to - from];
    for (int layer = from; layer < to; layer++) {
      windows[layer - from] = before.window(layer).copy(heads, before.filled, capacity);
    }
    return new CausalText(from, windows, capacity, before.filled);
  }

  @Override
  public KeyValueCache window(int layer) {
    return windows[layer - firstLayer];
  }

  /** The slot, and position, of the next token. */
  int filled() {
    return filled;
  }

  /** Makes room for new tokens. */
  void reserve(int tokens) {
    if (filled + tokens > capacity) {
      capacity = Math.max(filled + tokens, capacity + capacity / 4);
      for (KeyValueCache window : windows) {
        window.keep(0, filled, capacity);
      }
    }
  }

  /** The tokens stand in all layers now. */
  void advance(int tokens) {
    filled += tokens;
  }

  /** Forgets the tokens from a slot on. */
  void rewind(int slot) {
    filled = slot;
  }
}

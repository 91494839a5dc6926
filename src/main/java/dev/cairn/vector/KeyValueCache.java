package dev.cairn.vector;

import dev.cairn.model.HeadLayout;

/**
 * Keys, rotated, and values of the last tokens of one sequence in one layer. Keys lie in blocks
 * with the tokens side by side, so that one pass over neighbouring memory scores many of them.
 *
 * <p>Axes: Hk key-value heads, e head_dim, C capacity in tokens, B tokens of a block.
 */
final class KeyValueCache {

  /** B. */
  static final int BLOCK = 32;

  private final int heads;
  private final int headDim;
  private int capacity; // whole blocks
  private float[] keys; // (Hk, C / B, e, B)
  private float[] values; // (Hk, C, e)

  /**
   * @param tokens that it has room for, at least
   */
  KeyValueCache(HeadLayout layout, int tokens) {
    this.heads = layout.keyValueHeads();
    this.headDim = layout.headDim();
    this.capacity = Math.ceilDiv(tokens, BLOCK) * BLOCK;
    this.keys = new float[heads * headDim * capacity];
    this.values = new float[keys.length];
  }

  float[] keys() {
    return keys;
  }

  /** Where the keys of a head begin in the block that starts with a slot: (e, B). */
  int blockAt(int head, int slot) {
    return (head * capacity + slot) * headDim;
  }

  float[] values() {
    return values;
  }

  int valueAt(int head, int slot) {
    return (head * capacity + slot) * headDim;
  }

  /**
   * @param newKeys (Hk, e) from keysAt on, rotated
   * @param newValues (Hk, e) from valuesAt on
   */
  void put(int slot, float[] newKeys, int keysAt, float[] newValues, int valuesAt) {
    putKeys(slot, newKeys, keysAt);
    for (int head = 0; head < heads; head++) {
      System.arraycopy(newValues, valuesAt + head * headDim, values, valueAt(head, slot), headDim);
    }
  }

  /** Moves the values of tokens, not the keys. */
  void moveValues(int from, int to, int count) {
    for (int head = 0; head < heads; head++) {
      System.arraycopy(values, valueAt(head, from), values, valueAt(head, to), count * headDim);
    }
  }

  /** Puts keys of one token, (Hk, e) from keysAt on, rotated. */
  void putKeys(int slot, float[] newKeys, int keysAt) {
    for (int head = 0; head < heads; head++) {
      int at = blockAt(head, slot - slot % BLOCK) + slot % BLOCK;
      for (int i = 0; i < headDim; i++) {
        keys[at + i * BLOCK] = newKeys[keysAt + head * headDim + i];
      }
    }
  }

  /**
   * Keeps the tokens from {@code first} to before {@code end}, from slot 0 on.
   *
   * @param first the start of a block
   * @param tokens that it has room for then, at least
   */
  void keep(int first, int end, int tokens) {
    int kept = Math.ceilDiv(end - first, BLOCK) * BLOCK;
    int newCapacity = Math.ceilDiv(tokens, BLOCK) * BLOCK;
    keys = keep(keys, first, kept, newCapacity);
    values = keep(values, first, kept, newCapacity);
    capacity = newCapacity;
  }

  /**
   * A cache of its own that begins with the tokens before {@code end}.
   *
   * @param tokens that it has room for, at least {@code end}
   */
  KeyValueCache copy(HeadLayout layout, int end, int tokens) {
    KeyValueCache copy = new KeyValueCache(layout, 0);
    copy.keys = keys;
    copy.values = values;
    copy.capacity = capacity;
    copy.keep(0, end, tokens);
    return copy;
  }

  /** In both, whole blocks of tokens lie side by side. */
  private float[] keep(float[] numbers, int first, int count, int newCapacity) {
    float[] kept = new float[heads * headDim * newCapacity];
    for (int head = 0; head < heads; head++) {
      int from = (head * capacity + first) * headDim;
      System.arraycopy(numbers, from, kept, head * newCapacity * headDim, count * headDim);
    }
    return kept;
  }
}

package dev.cairn.model;

/**
 * Keys, rotated, and values of the last tokens of one sequence in one layer. Keys lie with the
 * tokens side by side, so that one pass scores many of them.
 *
 * <p>Axes: Hk key-value heads, e head_dim, C capacity in tokens.
 */
final class StepWindow {

  /** A pass over keys may go this far behind the last token. */
  static final int SPARE = 32;

  private final int heads;
  private final int headDim;
  private int capacity;
  private float[] keys; // (Hk, e, C)
  private float[] values; // (Hk, C, e)

  StepWindow(ModelConfig config, int capacity) {
    this.heads = config.keyValueHeads();
    this.headDim = config.headDim();
    this.capacity = capacity;
    this.keys = new float[heads * headDim * capacity + SPARE];
    this.values = new float[heads * headDim * capacity];
  }

  float[] keys() {
    return keys;
  }

  /** Where the key of a head begins; its next number lies {@link #keyStride} further. */
  int keyAt(int head, int slot) {
    return head * headDim * capacity + slot;
  }

  int keyStride() {
    return capacity;
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
      for (int i = 0; i < headDim; i++) {
        keys[keyAt(head, slot) + i * capacity] = newKeys[keysAt + head * headDim + i];
      }
    }
  }

  /** Keeps the tokens from {@code first} to before {@code end}, from slot 0 on. */
  void keep(int first, int end, int newCapacity) {
    float[] keptKeys = new float[heads * headDim * newCapacity + SPARE];
    float[] keptValues = new float[heads * headDim * newCapacity];
    int count = end - first;
    for (int row = 0; row < heads * headDim; row++) {
      System.arraycopy(keys, row * capacity + first, keptKeys, row * newCapacity, count);
    }
    for (int head = 0; head < heads; head++) {
      System.arraycopy(
          values, valueAt(head, first), keptValues, head * newCapacity * headDim, count * headDim);
    }
    capacity = newCapacity;
    keys = keptKeys;
    values = keptValues;
  }
}

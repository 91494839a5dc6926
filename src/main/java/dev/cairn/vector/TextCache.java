package dev.cairn.vector;

/** Where the tokens of one text stand, and what each of them sees. */
interface TextCache {

  /** Keys and values of the text in a layer. */
  KeyValueCache window(int layer);

  /** The first slot that the token in a slot sees. */
  default int firstSeen(int slot) {
    return 0;
  }

  /** The slot behind the last that the token in a slot sees. */
  default int endSeen(int slot) {
    return slot + 1;
  }

  /**
   * Told of what may be kept of a token: keys before they are rotated, without a bias that they
   * get, and values, each (Hk, e) from at on.
   */
  default void keep(int layer, int slot, float[] keys, float[] values, int at) {}
}

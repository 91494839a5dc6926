package dev.cairn.vector;

/** Where the tokens of one text stand, and what each of them sees. */
interface TextCache {

  /** Keys and values of the text in a layer. */
  KeyValueCache window(int layer);

  /** The first slot that the token in a slot sees. */
  int firstSeen(int slot);

  /** The slot behind the last that the token in a slot sees. */
  int endSeen(int slot);

  /** Told of a token's keys before they are rotated, (Hk, e) from at on. */
  default void keep(int layer, int slot, float[] keys, int at) {}
}

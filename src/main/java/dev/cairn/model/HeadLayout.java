package dev.cairn.model;

import static dev.cairn.model.Sizes.require;
import static dev.cairn.model.Sizes.requirePositive;

/**
 * How features are divided into heads. Query head i reads key-value head floor(i * Hk / H), so the
 * query heads of one key-value head lie side by side.
 *
 * @param heads H, query heads
 * @param keyValueHeads Hk
 * @param headDim e
 */
public record HeadLayout(int heads, int keyValueHeads, int headDim) {

  /**
   * @throws IllegalArgumentException when the numbers do not fit each other
   */
  public HeadLayout {
    requirePositive("num_attention_heads", heads);
    requirePositive("num_key_value_heads", keyValueHeads);
    requirePositive("head_dim", headDim);
    require(
        heads % keyValueHeads == 0,
        "num_attention_heads must be a multiple of num_key_value_heads");
    require(
        (long) heads * headDim <= Integer.MAX_VALUE,
        "num_attention_heads and head_dim are too large");
  }

  /** The same query heads, reading other key-value heads. */
  HeadLayout reading(int others) {
    return new HeadLayout(heads, others, headDim);
  }

  /** g = H / Hk: query heads of a key-value head. */
  public int group() {
    return heads / keyValueHeads;
  }

  /** H * e: numbers of a token's queries. */
  public int queryWidth() {
    return heads * headDim;
  }

  /** Hk * e: numbers of a token's keys, and of its values. */
  public int keyValueWidth() {
    return keyValueHeads * headDim;
  }

  /** What a product of query and key is multiplied with: 1 / sqrt(e). */
  public double scale() {
    return 1 / Math.sqrt(headDim);
  }
}

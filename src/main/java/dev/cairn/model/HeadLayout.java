package dev.cairn.model;

/**
 * How features are divided into heads. Query head i reads key-value head floor(i * Hk / H), so the
 * query heads of one key-value head lie side by side.
 *
 * @param heads H, query heads
 * @param keyValueHeads Hk
 * @param headDim e
 */
public record HeadLayout(int heads, int keyValueHeads, int headDim) {

  /** g = H / Hk: query heads of a key-value head. */
  public int group() {
    return heads / keyValueHeads;
  }

  /** What a product of query and key is multiplied with: 1 / sqrt(e). */
  public double scale() {
    return 1 / Math.sqrt(headDim);
  }
}

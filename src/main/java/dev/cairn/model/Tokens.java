package dev.cairn.model;

/**
 * Token ids with the characters they stand for. Offsets are Unicode code points of the whole text;
 * tokens that share a character share its range.
 *
 * @param ids vocabulary ids
 * @param charStart first code point of each token
 * @param charLength code points of each token
 */
public record Tokens(int[] ids, long[] charStart, int[] charLength) {

  public int count() {
    return ids.length;
  }
}

package dev.cairn.tokenizer;

import java.util.Arrays;
import java.util.List;

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

  /** Tokens of consecutive pieces of one text. */
  static Tokens join(List<Tokens> pieces) {
    return new Tokens(
        pieces.stream().flatMapToInt(piece -> Arrays.stream(piece.ids)).toArray(),
        pieces.stream().flatMapToLong(piece -> Arrays.stream(piece.charStart)).toArray(),
        pieces.stream().flatMapToInt(piece -> Arrays.stream(piece.charLength)).toArray());
  }
}

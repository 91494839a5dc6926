package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cairn.tensor.RotaryEmbedding.Rotation;
import java.util.ArrayList;
import java.util.List;

/**
 * What new tokens behind a window see; the same for all layers. Slot 0 is the sink, the carried
 * tokens stand at positions 1 to n, the new ones behind them.
 *
 * <p>A window is narrow beside a block: queries are taken in tiles, each with the keys that one of
 * its queries sees, so that little is computed only to be masked.
 *
 * <p>Axes: W sliding_window, n carried tokens, T new tokens, t queries and k keys of a tile.
 *
 * @param queries rotation of T places
 * @param keys rotation of 1 + n + T places
 */
record VisibleTokens(Rotation queries, Rotation keys, List<Tile> tiles) {

  /** Added to a score it leaves nothing of it; finite, so that a row without a key has no NaN. */
  static final float UNSEEN = -1e9f;

  private static final int TILE = 128;

  /**
   * The tokens and the window that a view is made for.
   *
   * @param window W
   * @param carried n
   * @param filled how many of the n hold a token; the others are hidden
   * @param tokens T
   */
  record Span(int window, int carried, int filled, int tokens) {

    /** Whether query t sees key j: t - W < j <= t; both counted from the first carried one. */
    private boolean sees(int query, int key) {
      return key <= query && key > query - window && key >= carried - filled;
    }
  }

  /**
   * Queries and the keys that they see. Queries count from the first new token, keys from the first
   * carried one.
   *
   * @param mask (t, 1 + k), added to the scores: 0 where a key is seen; the sink always is
   */
  record Tile(int firstQuery, int endQuery, int firstKey, int endKey, NDArray mask) {

    private static Tile of(Span span, int firstQuery, NDManager manager) {
      int endQuery = Math.min(span.tokens, firstQuery + TILE);
      int firstKey = Math.max(0, span.carried + firstQuery - span.window + 1);
      int endKey = span.carried + endQuery;
      int slots = 1 + endKey - firstKey;
      float[] mask = new float[(endQuery - firstQuery) * slots];
      for (int query = firstQuery; query < endQuery; query++) {
        for (int key = firstKey; key < endKey; key++) {
          mask[(query - firstQuery) * slots + 1 + key - firstKey] =
              span.sees(span.carried + query, key) ? 0 : UNSEEN;
        }
      }
      Shape shape = new Shape(endQuery - firstQuery, slots);
      return new Tile(firstQuery, endQuery, firstKey, endKey, manager.create(mask, shape));
    }
  }

  static VisibleTokens of(Span span, RotaryEmbedding rotary, NDManager manager) {
    List<Tile> tiles = new ArrayList<>();
    for (int query = 0; query < span.tokens; query += TILE) {
      tiles.add(Tile.of(span, query, manager));
    }
    return new VisibleTokens(
        rotary.at(1 + span.carried, span.tokens),
        rotary.at(0, 1 + span.carried + span.tokens),
        tiles);
  }
}

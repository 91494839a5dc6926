package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.HeadLayout;
import dev.cairn.tensor.RotaryEmbedding.Rotation;
import dev.cairn.tensor.VisibleTokens.Tile;

/**
 * Causal attention over a sliding window and one constant sink.
 *
 * <p>The sink is scored as if it stood W positions before every query: rotate(q, W) . sink_k, which
 * is q . rotate(sink_k, -W). It takes slot 0 of the window with a key of zeros; its score is put in
 * afterwards.
 *
 * <p>Axes: T new tokens, n carried tokens, t queries and k keys of a tile, d hidden_size, H query
 * heads, Hk key-value heads, g = H / Hk, e head_dim, W sliding_window.
 */
final class WindowAttention {

  private static final NDIndex SINK = new NDIndex("..., :1");

  private final HeadLayout layout;
  private final Linear.OfAttention projections;
  private final NDArray sinkKey; // (Hk, 1, e, 1), rotated by -W
  private final NDArray sinkValue; // (Hk, 1, e)
  private final int window;

  /**
   * The sink of a layer.
   *
   * @param key (Hk, e)
   * @param value (Hk, e)
   * @param distance the rotation by W
   */
  record Sink(NDArray key, NDArray value, Rotation distance) {}

  /**
   * @param window W
   */
  WindowAttention(HeadLayout layout, Linear.OfAttention projections, Sink sink, int window) {
    this.layout = layout;
    this.projections = projections;
    this.window = window;
    sinkKey = sink.distance.reversed().apply(sink.key.expandDims(1)).expandDims(3);
    sinkValue = sink.value.expandDims(1);
  }

  /**
   * A window before the first token.
   *
   * @param carried places of it, to be hidden by the view
   */
  KeyValueCache emptyWindow(int carried) {
    Shape places = new Shape(layout.keyValueHeads(), 1 + carried, layout.headDim());
    NDArray keys = sinkValue.getManager().zeros(places); // (Hk, 1 + n, e)
    NDArray unfilled = keys.get(new NDIndex().addAllDim().addSliceDim(0, carried)); // (Hk, n, e)
    return new KeyValueCache(keys, sinkValue.concat(unfilled, 1));
  }

  /**
   * @param output (T, d)
   * @param window of the last W - 1 tokens
   */
  record Attended(NDArray output, KeyValueCache window) {}

  /**
   * @param x (T, d)
   */
  Attended apply(NDArray x, KeyValueCache carried, VisibleTokens view) {
    NDArray keys = HeadAxes.splitKeys(layout, projections.key().apply(x)); // (Hk, T, e)
    NDArray values = HeadAxes.splitKeys(layout, projections.value().apply(x)); // (Hk, T, e)
    KeyValueCache seen = carried.append(keys, values); // (Hk, 1 + n + T, e)
    NDArray queries =
        HeadAxes.splitQueries(layout, projections.query().apply(x))
            .mul(layout.scale()); // (Hk, g, T, e)
    Scored scored =
        new Scored(
            view.queries().apply(queries), // (Hk, g, T, e)
            queries.matMul(sinkKey), // (Hk, g, T, 1)
            new KeyValueCache(view.keys().apply(seen.keys()), seen.values()));
    NDList tiles = new NDList();
    view.tiles().forEach(tile -> tiles.add(attend(scored, tile))); // (t, H * e)
    NDArray mixed = Rows.join(tiles); // (T, H * e)
    return new Attended(projections.output().apply(mixed), seen.last(window - 1)); // (T, d)
  }

  /**
   * What the tiles take their parts of.
   *
   * @param queries (Hk, g, T, e), rotated
   * @param sinkScores (Hk, g, T, 1)
   * @param window keys rotated
   */
  private record Scored(NDArray queries, NDArray sinkScores, KeyValueCache window) {}

  /** The t queries of a tile, (t, H * e). */
  private NDArray attend(Scored scored, Tile tile) {
    NDIndex rows = new NDIndex().addAllDim(2).addSliceDim(tile.firstQuery(), tile.endQuery());
    KeyValueCache seen = scored.window.slice(tile.firstKey(), tile.endKey()); // (Hk, 1 + k, e)
    NDArray queries = HeadAxes.fold(layout, scored.queries.get(rows)); // (Hk, g * t, e)
    NDArray scores =
        HeadAxes.unfold(
            layout, queries.matMul(seen.keys().transpose(0, 2, 1))); // (Hk, g, t, 1 + k)
    scores.get(SINK).addi(scored.sinkScores.get(rows));
    NDArray weights = scores.addi(tile.mask()).softmax(-1); // (Hk, g, t, 1 + k)
    return HeadAxes.join(layout, HeadAxes.fold(layout, weights).matMul(seen.values()));
  }
}

package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cairn.model.HeadLayout;
import dev.cairn.tensor.ChunkSource.Choice;
import dev.cairn.tensor.ChunkSource.Chunk;

/**
 * Attention to stored chunks: a softmax inside each chosen chunk, then the weighted sum over the
 * chunks. No positions. The work grows with tokens times chosen chunks, not with the memory.
 *
 * <p>Axes: T tokens, n chosen chunks of each, P = T * n pairs, m pairs of one chunk, v its valid
 * tokens, S chunk_size, d hidden_size, H query heads, Hm memory_kv_heads, g = H / Hm, e head_dim.
 */
record MemoryAttention(
    HeadLayout layout, RmsNorm norm, Linear query, Linear output, int chunkSize) {

  private static final int[] CHOICES = {1};
  private static final int[] HEADS = {0};

  /**
   * @param output (T, d)
   * @param mass (T, n, S): weight x attention, the mean over the heads; 0 where no token stands
   */
  record Attended(NDArray output, NDArray mass) {}

  /**
   * What pairs of token and chunk read, before weights: (.., H * e), and where: (.., S).
   *
   * @param focus attention, the mean over the heads
   */
  private record Focused(NDArray output, NDArray focus) {}

  /**
   * @param hidden (T, d)
   * @param weights (T, n), of the chosen chunks
   */
  Attended apply(NDArray hidden, Choice choice, NDArray weights, ChunkSource memory) {
    NDArray queries = query.apply(norm.apply(hidden)).mul(layout.scale()); // (T, H * e)
    Focused read = readByChunk(queries, choice, memory); // (T, n, ..)
    NDArray weight = weights.expandDims(2); // (T, n, 1)
    NDArray mixed = read.output.mul(weight).sum(CHOICES); // (T, H * e)
    return new Attended(output.apply(mixed), read.focus.mul(weight));
  }

  private Focused readByChunk(NDArray queries, Choice choice, ChunkSource memory) {
    long choices = choice.scores().getShape().get(1);
    ChunkGroups groups = ChunkGroups.of(choice.chunks());
    NDArray pairs = Rows.take(queries, groups.tokens((int) choices)); // (P, H * e)
    NDList outputs = new NDList();
    NDList focuses = new NDList();
    for (ChunkGroups.Group group : groups.groups()) {
      NDArray members = pairs.get(new NDIndex().addSliceDim(group.from(), group.to()));
      Focused read = read(members, memory.chunk(group.chunk())); // (m, ..)
      outputs.add(read.output);
      focuses.add(read.focus);
    }
    return new Focused(
        byToken(Rows.join(outputs), groups, choices), byToken(Rows.join(focuses), groups, choices));
  }

  /** (P, ..) in the order of the chunks to (T, n, ..). */
  private static NDArray byToken(NDArray pairs, ChunkGroups groups, long choices) {
    return Rows.take(pairs, groups.places()).reshape(-1, choices, pairs.getShape().get(1));
  }

  /** The m pairs of one chunk; queries (m, H * e). */
  private Focused read(NDArray queries, Chunk chunk) {
    NDArray split = HeadAxes.fold(layout, HeadAxes.splitQueries(layout, queries)); // (Hm, g * m, e)
    NDArray attention = split.matMul(chunk.keys().transpose(0, 2, 1)).softmax(-1); // (Hm, g * m, v)
    long valid = attention.getShape().get(2);
    NDArray focus = attention.reshape(layout.heads(), -1, valid).mean(HEADS); // (m, v)
    long missing = chunkSize - valid;
    return new Focused(
        HeadAxes.join(layout, attention.matMul(chunk.values())), // (m, H * e)
        missing == 0 ? focus : focus.pad(new Shape(0, missing), 0)); // (m, S)
  }
}

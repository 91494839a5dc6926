package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Panels;
import dev.cairn.kernel.Products;
import dev.cairn.model.StepNetwork.Attention;
import dev.cairn.model.StepNetwork.Sink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Attention of the rows to what their texts let them see, and to one constant sink of each head
 * where there is one ({@link WindowAttention} is the same in tensors).
 *
 * <p>Axes: T rows, t rows of a tile, u slots that one of them sees, d hidden_size, H query heads,
 * Hk key-value heads, g = H / Hk, e head_dim, W the most slots that a row sees.
 */
final class StepAttention {

  private final Products products;
  private final Kernel kernel;
  private final HeadLayout layout;
  private final float scale;
  private final int stride;
  private final Member[] members;

  /** Room of one thread. */
  private static final class Member {

    final float[] scores; // (t, W and spare)
    final float[] sinks = new float[Kernel.ROWS]; // (t)
    final float[] rotated; // (t, Hk * e)
    final float[] mixed; // (t, e)
    final int[] rowAt = new int[Kernel.ROWS];

    Member(ModelConfig config, int stride) {
      scores = new float[Kernel.ROWS * stride];
      rotated = new float[Kernel.ROWS * config.keyValueHeads() * config.headDim()];
      mixed = new float[Kernel.ROWS * config.headDim()];
    }
  }

  /**
   * @param most slots that a row sees, at most
   */
  StepAttention(ModelConfig config, Products products, int most) {
    this.products = products;
    this.kernel = products.kernel();
    this.layout = new HeadLayout(config.attentionHeads(), config.keyValueHeads(), config.headDim());
    this.scale = (float) layout.scale();
    this.stride = most + Kernel.ROWS + StepWindow.SPARE;
    this.members = new Member[products.team().members()];
    Arrays.setAll(members, i -> new Member(config, stride));
  }

  /** Writes what a layer's attention to the normed rows gives to {@code rows.added}. */
  void apply(StepRows rows, Attention weights, int layer) {
    products.multiply(
        rows.normed,
        rows.count(),
        new Panels[] {weights.query(), weights.key(), weights.value()},
        new float[][] {rows.queries, rows.keys, rows.values});
    products.team().run(rows.count(), (row, member) -> remember(rows, row, layer, members[member]));
    int heads = layout.keyValueHeads();
    products
        .team()
        .run(
            rows.tileCount() * heads,
            (part, member) ->
                new Tile(rows, part / heads, layer, part % heads, members[member])
                    .attend(weights.sink()));
    products.multiply(rows.mixed, rows.count(), weights.output(), rows.added);
  }

  private void remember(StepRows rows, int row, int layer, Member member) {
    int width = layout.keyValueHeads() * layout.headDim();
    for (int at = 0; at < width; at += layout.headDim()) {
      rows.rotations[row].apply(rows.keys, row * width + at, member.rotated, at);
    }
    TokenWindows text = rows.text(row);
    text.keep(layer, rows.slot(row), rows.keys, row * width);
    text.window(layer).put(rows.slot(row), member.rotated, 0, rows.values, row * width);
  }

  /** The rows of a tile with one key-value head. */
  private final class Tile {

    private final StepRows rows;
    private final int firstRow;
    private final int count;
    private final StepWindow window;
    private final int head;
    private final int firstSlot;
    private final int endSlot;
    private final Member member;

    Tile(StepRows rows, int tile, int layer, int head, Member member) {
      this.rows = rows;
      this.firstRow = rows.tile(tile);
      this.count = rows.tile(tile + 1) - firstRow;
      TokenWindows text = rows.text(firstRow);
      this.window = text.window(layer);
      this.head = head;
      this.firstSlot = text.firstSeen(rows.slot(firstRow));
      this.endSlot = text.endSeen(rows.slot(firstRow + count - 1));
      this.member = member;
    }

    void attend(@Nullable Sink sink) {
      for (int i = 0; i < layout.group(); i++) {
        attend((head * layout.group() + i) * layout.headDim(), sink);
      }
    }

    /**
     * @param queryAt where the query head stands in a row
     */
    private void attend(int queryAt, @Nullable Sink sink) {
      score(queryAt);
      for (int i = 0; i < count; i++) {
        weigh(i, query(i, queryAt), sink);
      }
      mix();
      for (int i = 0; i < count; i++) {
        finish(i, query(i, queryAt), sink);
      }
    }

    private int query(int i, int queryAt) {
      return (firstRow + i) * layout.heads() * layout.headDim() + queryAt;
    }

    /** Scores of all slots that one of the rows sees, (t, u). */
    private void score(int queryAt) {
      int e = layout.headDim();
      for (int i = 0; i < count; i++) {
        rows.rotations[firstRow + i].apply(rows.queries, query(i, queryAt), member.rotated, i * e);
      }
      int keyAt = window.keyAt(head, firstSlot);
      int whole = Math.ceilDiv(endSlot - firstSlot, StepWindow.SPARE) * StepWindow.SPARE;
      columns(
          window.keys(),
          keyAt,
          window.keyStride(),
          e,
          member.rotated,
          e,
          member.scores,
          stride,
          whole);
    }

    /** Of one row or of all. */
    private void columns(
        float[] matrix,
        int at,
        int rowStride,
        int terms,
        float[] x,
        int xStride,
        float[] sums,
        int sumsStride,
        int columns) {
      if (count == 1) {
        kernel.columns(matrix, at, rowStride, terms, x, 0, sums, 0, columns);
        return;
      }
      for (int i = 0; i < Kernel.ROWS; i++) {
        member.rowAt[i] = Math.min(i, count - 1) * xStride;
      }
      kernel.columnsOfRows(
          matrix, at, rowStride, terms, x, member.rowAt, sums, sumsStride, columns);
    }

    /** Scores to what {@link #finish} divides by their sum; 0 where the row does not see. */
    private void weigh(int i, int query, @Nullable Sink sink) {
      TokenWindows text = rows.text(firstRow);
      int slot = rows.slot(firstRow + i);
      int from = i * stride + text.firstSeen(slot) - firstSlot;
      int end = i * stride + text.endSeen(slot) - firstSlot;
      float[] scores = member.scores;
      for (int at = from; at < end; at++) {
        scores[at] *= scale;
      }
      float highest = scores[from];
      for (int at = from + 1; at < end; at++) {
        highest = Math.max(highest, scores[at]);
      }
      if (sink != null) {
        int sinkAt = head * layout.headDim();
        member.sinks[i] =
            kernel.dot(rows.queries, query, sink.key(), sinkAt, layout.headDim()) * scale;
        highest = Math.max(highest, member.sinks[i]);
        kernel.exp(member.sinks, i, 1, highest);
      }
      kernel.exp(scores, from, end - from, highest);
      Arrays.fill(scores, i * stride, from, 0);
      Arrays.fill(scores, end, i * stride + endSlot - firstSlot, 0);
    }

    /** The values under the weights, (t, e). */
    private void mix() {
      int e = layout.headDim();
      columns(
          window.values(),
          window.valueAt(head, firstSlot),
          e,
          endSlot - firstSlot,
          member.scores,
          stride,
          member.mixed,
          e,
          e);
    }

    private void finish(int i, int query, @Nullable Sink sink) {
      double total = 0;
      for (int at = i * stride; at < i * stride + endSlot - firstSlot; at++) {
        total += member.scores[at];
      }
      int e = layout.headDim();
      if (sink != null) {
        total += member.sinks[i];
        for (int j = 0; j < e; j++) {
          member.mixed[i * e + j] =
              Math.fma(sink.value()[head * e + j], member.sinks[i], member.mixed[i * e + j]);
        }
      }
      float divisor = (float) total;
      for (int j = 0; j < e; j++) {
        rows.mixed[query + j] = member.mixed[i * e + j] / divisor;
      }
    }
  }
}

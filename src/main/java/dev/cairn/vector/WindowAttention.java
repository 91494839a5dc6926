package dev.cairn.vector;

import dev.cairn.checkpoint.DecoderWeights.Attention;
import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.checkpoint.DecoderWeights.HeadNorms;
import dev.cairn.checkpoint.DecoderWeights.Sink;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.kernel.Scratch;
import dev.cairn.model.DecoderShape;
import dev.cairn.model.HeadLayout;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention of the rows to what their texts let them see, and to one constant sink of each head
 * where there is one ({@code tensor.WindowAttention} is the same in tensors).
 *
 * <p>Axes: T rows, t rows of a tile, g = H / Hk query heads of a key-value head, n = t * g vectors,
 * row by row, u slots that one of the rows sees, d hidden_size, H query heads, Hk key-value heads,
 * e head_dim, B slots of a block, W the most slots that a row sees.
 */
final class WindowAttention {

  private final Projections projections;
  private final Products products;
  private final Kernel kernel;
  private final RmsNorm norm;
  private final HeadLayout layout;
  private final float scale;
  private final int stride;
  private final Member[] members;

  /** Room of one thread. */
  private static final class Member {

    final float[] scores; // (n, W and the rest of the outer blocks)
    final float[] sinks; // (n)
    final float[] rotated; // (n, e), or (Hk * e)
    final float[] mixed; // (n, e)
    final Scratch scratch = new Scratch();

    Member(HeadLayout layout, int stride) {
      int vectors = Kernel.ROWS * layout.group();
      scores = new float[vectors * stride];
      sinks = new float[vectors];
      rotated = new float[Math.max(vectors, layout.keyValueHeads()) * layout.headDim()];
      mixed = new float[vectors * layout.headDim()];
    }
  }

  /**
   * @param most slots that a row sees, at most
   */
  WindowAttention(DecoderShape shape, Projections projections, int most) {
    this.projections = projections;
    this.products = projections.products();
    this.kernel = products.kernel();
    this.norm = new RmsNorm(kernel, shape.rmsNormEps());
    this.layout = shape.heads();
    this.scale = (float) layout.scale();
    this.stride = most + Kernel.ROWS + 2 * KeyValueCache.BLOCK;
    this.members = new Member[products.team().members()];
    Arrays.setAll(members, i -> new Member(layout, stride));
  }

  /** Writes what a layer's attention to the normed rows gives to {@code rows.added}. */
  void apply(Activations rows, Attention<Projection, float[]> weights, int layer) {
    projections.multiply(
        rows.normed,
        rows.count(),
        List.of(weights.query(), weights.key(), weights.value()),
        new float[][] {rows.queries, rows.keys, rows.values});
    products
        .team()
        .run(
            rows.count(),
            (row, member) -> {
              prepareQueries(rows, row, weights);
              remember(rows, row, weights, layer, members[member]);
            });
    int heads = layout.keyValueHeads();
    products
        .team()
        .run(
            rows.tileCount() * heads,
            (part, member) ->
                new Tile(rows, part / heads, layer, part % heads, members[member])
                    .attend(weights.sink()));
    projections.multiply(rows.mixed, rows.count(), weights.output(), rows.added);
  }

  /** Keys and values alone, for a last layer whose output nobody needs. */
  void remember(Activations rows, Attention<Projection, float[]> weights, int layer) {
    projections.multiply(
        rows.normed,
        rows.count(),
        List.of(weights.key(), weights.value()),
        new float[][] {rows.keys, rows.values});
    products
        .team()
        .run(rows.count(), (row, member) -> remember(rows, row, weights, layer, members[member]));
  }

  private void prepareQueries(Activations rows, int row, Attention<Projection, float[]> weights) {
    int width = layout.queryWidth();
    if (weights.biases() != null) {
      kernel.add(rows.queries, row * width, weights.biases().query(), 0, width);
    }
    if (weights.norms() != null) {
      normHeads(rows.queries, row * width, width, weights.norms().query());
    }
  }

  private void normHeads(float[] heads, int at, int width, float[] weight) {
    for (int head = at; head < at + width; head += layout.headDim()) {
      norm.apply(heads, head, weight, heads, head);
    }
  }

  private void remember(
      Activations rows, int row, Attention<Projection, float[]> weights, int layer, Member member) {
    int width = layout.keyValueWidth();
    int at = row * width;
    Biases<float[]> biases = weights.biases();
    HeadNorms<float[]> norms = weights.norms();
    if (biases != null) {
      kernel.add(rows.values, at, biases.value(), 0, width);
    }
    if (norms != null) {
      addKeyBias(rows, at, biases);
      normHeads(rows.keys, at, width, norms.key());
    }
    TextCache text = rows.text(row);
    text.keep(layer, rows.slot(row), rows.keys, rows.values, at);
    if (norms == null) {
      addKeyBias(rows, at, biases);
    }
    for (int head = 0; head < width; head += layout.headDim()) {
      rows.rotations[row].apply(rows.keys, at + head, member.rotated, head);
    }
    text.window(layer).put(rows.slot(row), member.rotated, 0, rows.values, at);
  }

  private void addKeyBias(Activations rows, int at, @Nullable Biases<float[]> biases) {
    if (biases != null) {
      kernel.add(rows.keys, at, biases.key(), 0, layout.keyValueWidth());
    }
  }

  /** The rows of a tile with one key-value head. */
  private final class Tile {

    private final Activations rows;
    private final int firstRow;
    private final int vectors; // n
    private final KeyValueCache window;
    private final int head;
    private final int firstSlot;
    private final int endSlot;
    private final int firstBlock; // its first slot
    private final Member member;

    Tile(Activations rows, int tile, int layer, int head, Member member) {
      this.rows = rows;
      this.firstRow = rows.tile(tile);
      int count = rows.tile(tile + 1) - firstRow;
      this.vectors = count * layout.group();
      TextCache text = rows.text(firstRow);
      this.window = text.window(layer);
      this.head = head;
      this.firstSlot = text.firstSeen(rows.slot(firstRow));
      this.endSlot = text.endSeen(rows.slot(firstRow + count - 1));
      this.firstBlock = firstSlot - firstSlot % KeyValueCache.BLOCK;
      this.member = member;
    }

    void attend(@Nullable Sink<float[]> sink) {
      score();
      for (int vector = 0; vector < vectors; vector++) {
        weigh(vector, sink);
      }
      mix();
      for (int vector = 0; vector < vectors; vector++) {
        finish(vector, sink);
      }
    }

    private int row(int vector) {
      return firstRow + vector / layout.group();
    }

    /** Where the numbers of a vector stand among the queries of all rows. */
    private int query(int vector) {
      int queryHead = head * layout.group() + vector % layout.group();
      return (row(vector) * layout.heads() + queryHead) * layout.headDim();
    }

    /** Where the score of a slot stands. */
    private int score(int vector, int slot) {
      return vector * stride + slot - firstBlock;
    }

    /** Scores of all slots that one of the rows sees, (n, u). */
    private void score() {
      int e = layout.headDim();
      for (int vector = 0; vector < vectors; vector++) {
        rows.rotations[row(vector)].apply(rows.queries, query(vector), member.rotated, vector * e);
      }
      for (int block = firstBlock; block < endSlot; block += KeyValueCache.BLOCK) {
        scoreBlock(block);
      }
    }

    private void scoreBlock(int block) {
      int e = layout.headDim();
      int keysAt = window.blockAt(head, block);
      for (int first = 0; first < vectors; first += Kernel.MOST_ROWS) {
        kernel.columnsOfRows(
            window.keys(),
            keysAt,
            KeyValueCache.BLOCK,
            e,
            member.rotated,
            member.scratch.rowsFrom(first, vectors, 0, e),
            member.scores,
            score(first, block),
            stride,
            KeyValueCache.BLOCK);
      }
    }

    /** Scores to what {@link #finish} divides by their sum; 0 where the row does not see. */
    private void weigh(int vector, @Nullable Sink<float[]> sink) {
      TextCache text = rows.text(firstRow);
      int slot = rows.slot(row(vector));
      int from = score(vector, text.firstSeen(slot));
      int end = score(vector, text.endSeen(slot));
      float[] scores = member.scores;
      for (int at = from; at < end; at++) {
        scores[at] *= scale;
      }
      float highest = kernel.highest(scores, from, end - from);
      if (sink != null) {
        highest = Math.max(highest, scoreSink(vector, sink));
        kernel.exp(member.sinks, vector, 1, highest);
      }
      kernel.exp(scores, from, end - from, highest);
      Arrays.fill(scores, score(vector, firstSlot), from, 0);
      Arrays.fill(scores, end, score(vector, endSlot), 0);
    }

    private float scoreSink(int vector, Sink<float[]> sink) {
      int e = layout.headDim();
      float product = kernel.dot(rows.queries, query(vector), sink.key(), head * e, e);
      member.sinks[vector] = product * scale;
      return member.sinks[vector];
    }

    /** The values under the weights, (n, e). */
    private void mix() {
      int e = layout.headDim();
      for (int first = 0; first < vectors; first += Kernel.MOST_ROWS) {
        kernel.columnsOfRows(
            window.values(),
            window.valueAt(head, firstSlot),
            e,
            endSlot - firstSlot,
            member.scores,
            member.scratch.rowsFrom(first, vectors, firstSlot - firstBlock, stride),
            member.mixed,
            first * e,
            e,
            e);
      }
    }

    private void finish(int vector, @Nullable Sink<float[]> sink) {
      double total = 0;
      for (int at = score(vector, firstSlot); at < score(vector, endSlot); at++) {
        total += member.scores[at];
      }
      int e = layout.headDim();
      int from = vector * e;
      if (sink != null) {
        float weight = member.sinks[vector];
        total += weight;
        for (int j = 0; j < e; j++) {
          member.mixed[from + j] =
              Math.fma(sink.value()[head * e + j], weight, member.mixed[from + j]);
        }
      }
      float divisor = (float) total;
      MemoryMass mass = rows.mass(row(vector));
      if (mass != null) {
        mass.add(head, member.scores, score(vector, 0), divisor);
      }
      for (int j = 0; j < e; j++) {
        rows.mixed[query(vector) + j] = member.mixed[from + j] / divisor;
      }
    }
  }
}

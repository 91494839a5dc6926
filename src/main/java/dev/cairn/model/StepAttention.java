package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Panels;
import dev.cairn.kernel.Products;
import dev.cairn.model.StepNetwork.Layer;

/**
 * Causal attention over the sliding windows of the rows' sequences, and one constant sink of each
 * head ({@link WindowAttention} is the same in tensors).
 *
 * <p>Axes: T rows, d hidden_size, H query heads, Hk key-value heads, g = H / Hk, e head_dim, W
 * sliding_window.
 */
final class StepAttention {

  private final Products products;
  private final Kernel kernel;
  private final HeadLayout layout;
  private final float scale;
  private final float[][] scores; // (members, W and spare)
  private final float[][] rotated; // (members, Hk * e)

  StepAttention(ModelConfig config, Products products) {
    this.products = products;
    this.kernel = products.kernel();
    this.layout = new HeadLayout(config.attentionHeads(), config.keyValueHeads(), config.headDim());
    this.scale = (float) layout.scale();
    int members = products.team().members();
    scores = new float[members][config.slidingWindow() + 2 * StepWindow.SPARE];
    rotated = new float[members][config.keyValueHeads() * config.headDim()];
  }

  /** Adds what a layer's attention to the normed rows gives to the hidden ones. */
  void apply(StepRows rows, Layer layer, int number) {
    products.multiply(
        rows.normed,
        rows.count(),
        new Panels[] {layer.query(), layer.key(), layer.value()},
        new float[][] {rows.queries, rows.keys, rows.values});
    products.team().run(rows.count(), (row, member) -> remember(rows, row, number, member));
    products
        .team()
        .run(
            rows.count() * layout.keyValueHeads(),
            (part, member) -> attend(rows, layer, number, part, member));
    products.multiply(rows.mixed, rows.count(), layer.output(), rows.added);
  }

  private void remember(StepRows rows, int row, int layer, int member) {
    int width = layout.keyValueHeads() * layout.headDim();
    for (int at = 0; at < width; at += layout.headDim()) {
      rows.rotations[row].apply(rows.keys, row * width + at, rotated[member], at);
    }
    rows.sequence(row)
        .window(layer)
        .put(rows.slot(row), rotated[member], 0, rows.values, row * width);
  }

  /** The query heads of one key-value head of one row. */
  private void attend(StepRows rows, Layer layer, int number, int part, int member) {
    int row = part / layout.keyValueHeads();
    int head = part % layout.keyValueHeads();
    for (int i = 0; i < layout.group(); i++) {
      int query = (row * layout.heads() + head * layout.group() + i) * layout.headDim();
      attend(rows, layer, number, row, head, query, member);
    }
  }

  private void attend(
      StepRows rows, Layer layer, int number, int row, int head, int query, int member) {
    StepWindow window = rows.sequence(row).window(number);
    int first = rows.sequence(row).firstSeen(rows.slot(row));
    int seen = rows.slot(row) - first + 1;
    float[] weights = scores[member];
    int sinkAt = head * layout.headDim();
    rows.rotations[row].apply(rows.queries, query, rotated[member], 0);
    score(window, head, first, seen, rotated[member], weights);
    weights[seen] =
        kernel.dot(rows.queries, query, layer.sinkKey(), sinkAt, layout.headDim()) * scale;
    float total = exponentiate(weights, seen + 1);
    kernel.columns(
        window.values(),
        window.valueAt(head, first),
        layout.headDim(),
        seen,
        weights,
        0,
        rows.mixed,
        query,
        layout.headDim());
    for (int i = 0; i < layout.headDim(); i++) {
      rows.mixed[query + i] =
          Math.fma(layer.sinkValue()[sinkAt + i], weights[seen], rows.mixed[query + i]) / total;
    }
  }

  private void score(
      StepWindow window, int head, int first, int seen, float[] query, float[] weights) {
    kernel.columns(
        window.keys(),
        window.keyAt(head, first),
        window.keyStride(),
        layout.headDim(),
        query,
        0,
        weights,
        0,
        Math.ceilDiv(seen, StepWindow.SPARE) * StepWindow.SPARE);
    for (int i = 0; i < seen; i++) {
      weights[i] *= scale;
    }
  }

  /** Scores to what a softmax divides by the returned sum. */
  private float exponentiate(float[] weights, int count) {
    float highest = weights[0];
    for (int i = 1; i < count; i++) {
      highest = Math.max(highest, weights[i]);
    }
    kernel.exp(weights, 0, count, highest);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[i];
    }
    return (float) sum;
  }
}

package dev.cairn.vector;

import dev.cairn.checkpoint.DecoderWeights.FeedForward;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.kernel.Products;
import dev.cairn.model.DecoderShape;
import java.util.List;

/**
 * What decoders and the chunk encoder have in common, on the rows of a step.
 *
 * <p>Axes: T rows, d hidden_size, f intermediate_size.
 */
final class DecoderLayer {

  private final DecoderShape shape;
  private final Products products;
  private final Projections projections;
  private final WindowAttention attention;

  /**
   * @param seen slots that a row sees, at most
   */
  DecoderLayer(DecoderShape shape, Products products, int seen) {
    this.shape = shape;
    this.products = products;
    this.projections = new Projections(products);
    this.attention = new WindowAttention(shape, projections, seen);
  }

  Products products() {
    return products;
  }

  /**
   * Attention, then feed-forward, each on a normed copy and added to the hidden rows.
   *
   * @param number of the windows
   */
  void apply(Activations rows, Layer<Projection, float[]> layer, int number) {
    norm(rows.hidden, layer.norm(), rows.normed, rows.count());
    attention.apply(rows, layer.attention(), number);
    add(rows, rows.added, rows.hidden);
    feedForward(rows, rows.hidden, layer.feedForward());
    add(rows, rows.added, rows.hidden);
  }

  /** Keys and values alone, for a last layer whose output nobody needs. */
  void remember(Activations rows, Layer<Projection, float[]> layer, int number) {
    norm(rows.hidden, layer.norm(), rows.normed, rows.count());
    attention.remember(rows, layer.attention(), number);
  }

  /** Writes down(silu(gate(x)) * up(x)) of the normed source, (T, d), to {@code rows.added}. */
  void feedForward(Activations rows, float[] source, FeedForward<Projection, float[]> weights) {
    norm(source, weights.norm(), rows.normed, rows.count());
    projections.multiply(
        rows.normed,
        rows.count(),
        List.of(weights.gate(), weights.up()),
        new float[][] {rows.gate, rows.up});
    int width = shape.intermediateSize();
    products
        .team()
        .run(
            rows.count(),
            (row, member) -> products.kernel().swiGlu(rows.gate, rows.up, row * width, width));
    projections.multiply(rows.gate, rows.count(), weights.down(), rows.added);
  }

  /** x * rsqrt(mean(x^2) + epsilon) * weight; source and target may be the same. */
  void norm(float[] source, float[] weight, float[] target, int rows) {
    int width = weight.length;
    RmsNorm norm = new RmsNorm(products.kernel(), shape.rmsNormEps());
    products
        .team()
        .run(rows, (row, member) -> norm.apply(source, row * width, weight, target, row * width));
  }

  /** target += source, both (T, d). */
  void add(Activations rows, float[] source, float[] target) {
    products.kernel().add(target, 0, source, 0, rows.count() * shape.hiddenSize());
  }
}

package dev.cairn.vector;

import dev.cairn.kernel.Panels;
import dev.cairn.kernel.Products;
import dev.cairn.vector.Projection.LowRank;
import java.util.ArrayList;
import java.util.List;

/**
 * Products of the rows of a step with linear layers and their adapters.
 *
 * <p>Axes: T rows, i features in, o features out, k rank of an adapter.
 */
final class Projections {

  private final Products products;
  private float[][] ranks = {}; // (layers, T * k)
  private float[] added = {}; // (T, o)

  Projections(Products products) {
    this.products = products;
  }

  Products products() {
    return products;
  }

  /**
   * y = x weight^T.
   *
   * @param x (T, i)
   * @param y (T, o), written
   */
  void multiply(float[] x, int rows, Projection layer, float[] y) {
    multiply(x, rows, List.of(layer), new float[][] {y});
  }

  /** The same rows with several layers at once. */
  void multiply(float[] x, int rows, List<Projection> layers, float[][] ys) {
    List<Panels> weights = new ArrayList<>();
    List<float[]> outputs = new ArrayList<>();
    for (int each = 0; each < layers.size(); each++) {
      weights.add(layers.get(each).weight());
      outputs.add(ys[each]);
    }
    for (int each = 0; each < layers.size(); each++) {
      LowRank adapter = layers.get(each).adapter();
      if (adapter != null) {
        weights.add(adapter.down());
        outputs.add(rank(each, rows * adapter.down().outputs()));
      }
    }
    products.multiply(x, rows, weights.toArray(Panels[]::new), outputs.toArray(float[][]::new));
    for (int each = 0; each < layers.size(); each++) {
      LowRank adapter = layers.get(each).adapter();
      if (adapter != null) {
        raise(each, rows, adapter, ys[each]);
      }
    }
  }

  private float[] rank(int layer, int numbers) {
    if (ranks.length <= layer) {
      ranks = java.util.Arrays.copyOf(ranks, layer + 1);
    }
    if (ranks[layer] == null || ranks[layer].length < numbers) {
      ranks[layer] = new float[numbers];
    }
    return ranks[layer];
  }

  private void raise(int layer, int rows, LowRank adapter, float[] y) {
    int numbers = rows * adapter.up().outputs();
    if (added.length < numbers) {
      added = new float[numbers];
    }
    products.multiply(ranks[layer], rows, adapter.up(), added);
    products.kernel().add(y, 0, added, 0, numbers);
  }
}

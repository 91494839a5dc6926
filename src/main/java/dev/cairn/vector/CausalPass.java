package dev.cairn.vector;

import dev.cairn.kernel.Products;
import dev.cairn.model.Layers;

/**
 * Reads a text with the base weights of a pretrained decoder and without memory, as documents are
 * read.
 *
 * <p>Axes: T rows, d hidden_size.
 */
final class CausalPass {

  private final LayersNetwork network;
  private final Activations rows;
  private final DecoderLayer layers;

  /**
   * @param most rows at a time
   * @param seen tokens that a row sees, at most
   */
  CausalPass(LayersNetwork network, Products products, int most, int seen) {
    Layers form = network.form();
    this.network = network;
    this.rows = new Activations(form.decoder(), most);
    this.layers = new DecoderLayer(form.decoder(), products, seen);
  }

  /** Leaves the states behind the last layer in the hidden rows, (T, d). */
  Activations read(CausalText text, int[] ids, int endLayer) {
    text.reserve(ids.length);
    rows.clear();
    for (int i = 0; i < ids.length; i++) {
      network.place(ids[i], rows, text, text.filled() + i);
    }
    for (int layer = 0; layer < endLayer; layer++) {
      layers.apply(rows, network.layers().get(layer), layer);
    }
    text.advance(ids.length);
    return rows;
  }
}

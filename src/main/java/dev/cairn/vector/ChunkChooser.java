package dev.cairn.vector;

import dev.cairn.kernel.Products;
import dev.cairn.model.ChooseChunks;
import dev.cairn.model.Layers;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a prompt for its landmark, and chooses the chunks that its answer reads.
 *
 * <p>Axes: T tokens of the prompt, r retrieval_dim.
 */
final class ChunkChooser {

  private final LayersNetwork network;
  private final Layers form;
  private final int most;
  private final Activations rows;
  private final DecoderLayer layers;
  private final @Nullable LandmarkRows query;

  /**
   * @param most tokens of a prompt that are read at a time
   */
  ChunkChooser(LayersNetwork network, Products products, int most) {
    this.network = network;
    this.form = network.form();
    this.most = most;
    this.rows = new Activations(form.decoder(), most + 1);
    this.layers = new DecoderLayer(form.decoder(), products, form.positions());
    this.query =
        network.query() == null
            ? null
            : new LandmarkRows(network.query(), form.decoder(), products);
  }

  /**
   * The chosen chunks in reading order, with their scores; that of a neighbour which was not asked
   * for is no number.
   *
   * @param limit chunks, at most
   */
  Selection choose(ReadMeter memory, int[] prompt, int limit) {
    return new ChooseChunks(form).choose(memory, limit, () -> landmark(prompt));
  }

  /** Of the prompt, (r). */
  float[] landmark(int[] prompt) {
    return query == null ? new float[0] : read(prompt, query, form.retrievalLayers());
  }

  /** The prompt without memory, by the base weights, and the learned row behind it. */
  private float[] read(int[] prompt, LandmarkRows learned, int endLayer) {
    CausalText text = CausalText.behind(network.prefix(), form.decoder().heads(), 0, endLayer);
    for (int from = 0; from < prompt.length; from += most) {
      int[] ids = Arrays.copyOfRange(prompt, from, Math.min(prompt.length, from + most));
      place(text, ids);
      int end = rows.count();
      if (from + most >= prompt.length) {
        learned.place(rows, text, text.filled() + ids.length);
      }
      for (int layer = 0; layer < endLayer; layer++) {
        learned.beforeLayer(rows, end, layer);
        layers.apply(rows, network.layers().get(layer), layer);
      }
      text.advance(ids.length);
    }
    return learned.landmarks(rows, rows.count() - 1);
  }

  private void place(CausalText text, int[] ids) {
    text.reserve(ids.length + 1);
    rows.clear();
    for (int i = 0; i < ids.length; i++) {
      network.place(ids[i], rows, text, text.filled() + i);
    }
  }
}

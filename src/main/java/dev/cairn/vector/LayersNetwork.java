package dev.cairn.vector;

import dev.cairn.checkpoint.AdaptedLayer;
import dev.cairn.checkpoint.Adapter;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.checkpoint.LayersWeights;
import dev.cairn.checkpoint.LayersWeights.LearnedRow;
import dev.cairn.checkpoint.WeightFiles;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Panels;
import dev.cairn.kernel.Products;
import dev.cairn.model.Layers;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a pretrained decoder on the processor, in the numbers that the checkpoint stores,
 * and its prefix, computed once.
 *
 * <p>Axes: V vocab_size, d hidden_size, Hk key-value heads, e head_dim.
 *
 * @param embedding (V, d)
 * @param layers as documents, and prompts below m, pass them
 * @param reading the same with the adapter, as prompts and answers pass them from m on
 * @param norm (d), before the output
 * @param output (V, d)
 * @param cls of chunks; null when the checkpoint has no landmarks
 * @param query of prompts; null when it has none
 * @param prefix keys and values of all layers
 */
record LayersNetwork(
    Layers form,
    Panels embedding,
    List<Layer<Projection, float[]>> layers,
    List<Layer<Projection, float[]>> reading,
    float[] norm,
    Panels output,
    @Nullable LearnedRow<Projection, float[]> cls,
    @Nullable LearnedRow<Projection, float[]> query,
    CausalText prefix) {

  /**
   * Reads all weights.
   *
   * @param prefix ids of the text before every document and every prompt
   * @param arena holds the matrices that stay as they are stored
   */
  static LayersNetwork read(
      Checkpoint checkpoint, Layers form, int[] prefix, Products products, Arena arena) {
    try (WeightFiles files = WeightFiles.open(checkpoint.folder());
        Adapter adapter = Adapter.openIfPresent(checkpoint.folder(), form)) {
      LayersWeights<Projection, float[]> weights =
          new LayersWeights<>(form, new PanelSource(files, arena));
      boolean hasLandmarks = form.retrieval() != null;
      Panels embedding = weights.embedding().weight();
      Projection output = weights.output();
      List<Layer<Projection, float[]>> layers = weights.layers();
      return new LayersNetwork(
              form,
              embedding,
              layers,
              reading(form, layers, adapter),
              weights.norm(),
              output == null ? embedding : output.weight(),
              hasLandmarks ? weights.cls() : null,
              hasLandmarks ? weights.query() : null,
              CausalText.empty(form.decoder().heads(), form.layers()))
          .behind(prefix, products);
    }
  }

  private static List<Layer<Projection, float[]>> reading(
      Layers form, List<Layer<Projection, float[]>> layers, @Nullable Adapter adapter) {
    if (adapter == null) {
      return layers;
    }
    List<Layer<Projection, float[]>> reading = new ArrayList<>(layers);
    for (int number = form.memoryStart(); number < layers.size(); number++) {
      reading.set(
          number, new AdaptedLayer<>(adapter, number, Projection::adapted).of(layers.get(number)));
    }
    return reading;
  }

  /** Adds the row of a token, which stands where its slot is. */
  void place(int id, Activations rows, TextCache text, int slot) {
    embedding.copyRow(id, rows.hidden, rows.count() * form.decoder().hiddenSize());
    rows.add(text, slot, slot);
  }

  /**
   * Gives a key, as it is kept, the bias that it was kept without.
   *
   * @param key (Hk, e)
   */
  void addKeptBias(int layer, float[] key, Kernel kernel) {
    Biases<float[]> biases = layers.get(layer).attention().biases();
    if (form.features().keepsKeysWithoutBias() && biases != null) {
      kernel.add(key, 0, biases.key(), 0, key.length);
    }
  }

  private LayersNetwork behind(int[] ids, Products products) {
    if (ids.length > 0) {
      new CausalPass(this, products, ids.length, ids.length).read(prefix, ids, form.layers());
    }
    return this;
  }
}

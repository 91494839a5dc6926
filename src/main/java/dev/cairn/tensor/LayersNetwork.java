package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.cairn.checkpoint.AdaptedLayer;
import dev.cairn.checkpoint.Adapter;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.checkpoint.LayersWeights;
import dev.cairn.checkpoint.LayersWeights.LearnedRow;
import dev.cairn.model.Layers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a pretrained decoder in tensors of a device, in the number format of its path, and
 * its prefix, computed once.
 *
 * <p>Axes: T tokens, d hidden_size, V vocab_size, P tokens of the prefix.
 *
 * @param embedding (V, d)
 * @param layers as documents, and prompts below m, pass them
 * @param reading the same with the adapter, as prompts and answers pass them from m on
 * @param norm (d), before the output
 * @param output (V, d)
 * @param cls of chunks; null when the checkpoint has no landmarks
 * @param query of prompts; null when it has none
 * @param prefix the one text that all begin with, in all layers
 * @param prefixTokens P
 */
record LayersNetwork(
    Layers form,
    Linear embedding,
    List<CausalLayer> layers,
    List<CausalLayer> reading,
    RmsNorm norm,
    Linear output,
    @Nullable LandmarkRows cls,
    @Nullable LandmarkRows query,
    TextSlots prefix,
    int prefixTokens) {

  /**
   * Reads all weights; everything belongs to the manager of the files.
   *
   * @param product makes products from FP32 weights (o, i)
   * @param prefix ids of the text before every document and every prompt
   */
  static LayersNetwork read(
      Checkpoint checkpoint,
      Layers form,
      Weights files,
      Function<NDArray, Linear> product,
      int... prefix) {
    LayersWeights<Linear, NDArray> weights = new LayersWeights<>(form, files.asProducts(product));
    Linear embedding = weights.embedding();
    Linear output = weights.output();
    List<Layer<Linear, NDArray>> layers = weights.layers();
    LayersNetwork network =
        new LayersNetwork(
            form,
            embedding,
            computed(form, layers),
            computed(form, adapted(checkpoint, form, layers, files.manager(), product)),
            new RmsNorm(weights.norm(), form.decoder().rmsNormEps()),
            output == null ? embedding : output,
            form.retrieval() == null ? null : landmarkRows(form, weights.cls()),
            form.retrieval() == null ? null : landmarkRows(form, weights.query()),
            new TextSlots(files.manager(), form.decoder().heads(), form.layers()),
            prefix.length);
    return network.behind(prefix);
  }

  private static List<CausalLayer> computed(Layers form, List<Layer<Linear, NDArray>> layers) {
    return layers.stream().map(layer -> CausalLayer.of(form, layer)).toList();
  }

  private static LandmarkRows landmarkRows(Layers form, LearnedRow<Linear, NDArray> weights) {
    return new LandmarkRows(weights, new RmsNorm(weights.norm(), form.decoder().rmsNormEps()));
  }

  private static List<Layer<Linear, NDArray>> adapted(
      Checkpoint checkpoint,
      Layers form,
      List<Layer<Linear, NDArray>> layers,
      NDManager manager,
      Function<NDArray, Linear> product) {
    try (Adapter adapter = Adapter.openIfPresent(checkpoint.folder(), form)) {
      if (adapter == null) {
        return layers;
      }
      List<Layer<Linear, NDArray>> reading = new ArrayList<>(layers);
      for (int number = form.memoryStart(); number < layers.size(); number++) {
        reading.set(
            number,
            new AdaptedLayer<Linear>(
                    adapter, number, (base, added) -> adapted(base, added, manager, product))
                .of(layers.get(number)));
      }
      return reading;
    }
  }

  private static Linear adapted(
      Linear base, Adapter.LowRank added, NDManager manager, Function<NDArray, Linear> product) {
    long inputs = added.down().length / added.rank();
    long outputs = added.up().length / added.rank();
    return new Linear.Adapted(
        base,
        Linear.of(product, manager.create(added.down(), new Shape(added.rank(), inputs))), // (k, i)
        Linear.of(product, manager.create(added.up(), new Shape(outputs, added.rank())))); // (o, k)
  }

  private LayersNetwork behind(int... ids) {
    if (ids.length > 0) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        prefix.reserve(1, ids.length);
        CausalLayer.Step step =
            step(TextGroup.ofText(prefix, 0, 0, ids.length), CausalLayer.KeptRows.NONE);
        pass(layers, embed(ids), 0, form.layers(), step);
      }
    }
    return this;
  }

  NDManager manager() {
    return prefix.manager();
  }

  /** The rows of groups, one behind the other. */
  CausalLayer.Step step(List<TextGroup> groups, CausalLayer.KeptRows kept) {
    return CausalLayer.Step.of(groups, form.decoder(), manager(), kept);
  }

  /** (T) to (T, d). */
  NDArray embed(int... ids) {
    return embedding.rows(Arrays.stream(ids).asLongStream().toArray());
  }

  /** Rows through some layers; (T, d) to (T, d). */
  static NDArray pass(
      List<CausalLayer> layers, NDArray rows, int from, int to, CausalLayer.Step step) {
    NDArray stream = rows;
    for (int number = from; number < to; number++) {
      stream = layers.get(number).apply(number, stream, step); // (T, d)
    }
    return stream;
  }

  /** (T, d) to (T, V). */
  NDArray logits(NDArray states) {
    return output.apply(norm.apply(states));
  }

  /**
   * The landmark of a prompt, which is read without memory for it: of no numbers where there are
   * none.
   *
   * @param texts of the layers before R, of which one is used
   */
  float[] landmark(int[] prompt, TextSlots texts) {
    if (query == null) {
      return new float[0];
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      texts.reserve(1, prefixTokens + prompt.length + 1);
      CausalLayer.Step step =
          step(
              TextGroup.ofText(texts, 0, prefixTokens, prompt.length + 1),
              CausalLayer.KeptRows.NONE);
      NDArray rows = query.behind(embed(prompt), 1); // (T + 1, d)
      for (int layer = 0; layer < form.retrievalLayers(); layer++) {
        query.beforeLayer(rows, prompt.length, layer);
        rows = layers.get(layer).apply(layer, rows, step);
      }
      return query.landmarks(rows, prompt.length).toFloatArray(); // (r)
    }
  }
}

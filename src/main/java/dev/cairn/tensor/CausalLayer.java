package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.cairn.checkpoint.DecoderWeights.Attention;
import dev.cairn.checkpoint.DecoderWeights.Biases;
import dev.cairn.checkpoint.DecoderWeights.FeedForward;
import dev.cairn.checkpoint.DecoderWeights.Layer;
import dev.cairn.model.DecoderShape;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.Layers;
import dev.cairn.tensor.RotaryEmbedding.Rotation;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a pretrained decoder on the rows of a step.
 *
 * <p>Axes: A rows of the step, d hidden_size, H query heads, Hk key-value heads, e head_dim.
 *
 * @param biases of queries (H * e), keys and values (Hk * e); null for none
 * @param headNorms of queries and keys, of each head before it is rotated; null for none
 * @param keepsKeysWithoutBias whether the key that is kept of a token has no bias yet
 */
record CausalLayer(
    HeadLayout heads,
    RmsNorm norm,
    Linear.OfAttention products,
    @Nullable Biases<NDArray> biases,
    @Nullable HeadNorms headNorms,
    boolean keepsKeysWithoutBias,
    RmsNorm feedForwardNorm,
    SwiGlu feedForward) {

  /** Norms with weights (e). */
  record HeadNorms(RmsNorm query, RmsNorm key) {}

  /** Is told of what may be kept of the rows. */
  interface KeptRows {

    KeptRows NONE = (layer, keys, values) -> {};

    /**
     * @param layer its number
     * @param keys (A, Hk, e), not rotated, without a bias that they get
     * @param values (A, Hk, e)
     */
    void keep(int layer, NDArray keys, NDArray values);
  }

  /**
   * The rows of a step, those of a group side by side.
   *
   * @param rotation of A rows
   */
  record Step(List<TextGroup> groups, Rotation rotation, KeptRows kept) {

    static Step of(List<TextGroup> groups, DecoderShape shape, NDManager manager, KeptRows kept) {
      int[] places =
          groups.stream().flatMapToInt(group -> IntStream.of(group.places())).toArray(); // (A)
      Rotation rotation = Rotation.of(manager, shape.heads().headDim(), shape.rope(), places);
      return new Step(groups, rotation.ofHeads(), kept);
    }
  }

  static CausalLayer of(Layers form, Layer<Linear, NDArray> weights) {
    double epsilon = form.decoder().rmsNormEps();
    Attention<Linear, NDArray> attention = weights.attention();
    FeedForward<Linear, NDArray> feedForward = weights.feedForward();
    return new CausalLayer(
        form.decoder().heads(),
        new RmsNorm(weights.norm(), epsilon),
        new Linear.OfAttention(
            attention.query(), attention.key(), attention.value(), attention.output()),
        attention.biases(),
        attention.norms() == null
            ? null
            : new HeadNorms(
                new RmsNorm(attention.norms().query(), epsilon),
                new RmsNorm(attention.norms().key(), epsilon)),
        form.features().keepsKeysWithoutBias(),
        new RmsNorm(feedForward.norm(), epsilon),
        new SwiGlu(feedForward.gate(), feedForward.up(), feedForward.down()));
  }

  /**
   * Attention, then feed-forward, each on a normed copy and added to the stream.
   *
   * @param number of the layer
   * @param hidden (A, d)
   * @return (A, d)
   */
  NDArray apply(int number, NDArray hidden, Step step) {
    NDArray mixed =
        hidden.add(products.output().apply(attend(number, norm.apply(hidden), step))); // (A, d)
    return mixed.add(feedForward.apply(feedForwardNorm.apply(mixed))); // (A, d)
  }

  /** Tells what is kept of the rows, for a last layer whose output nobody needs. */
  void remember(int number, NDArray hidden, Step step) {
    NDArray x = norm.apply(hidden); // (A, d)
    step.kept.keep(number, keptKeys(x), values(x));
  }

  /** (A, d) to (A, H * e). */
  private NDArray attend(int number, NDArray x, Step step) {
    NDArray kept = keptKeys(x); // (A, Hk, e)
    NDArray values = values(x); // (A, Hk, e)
    step.kept.keep(number, kept, values);
    NDArray keys = step.rotation.apply(withKeptBias(kept)); // (A, Hk, e)
    NDArray queries = step.rotation.apply(queries(x)).mul(heads.scale()); // (A, H, e)
    if (step.groups.size() == 1) {
      return step.groups.getFirst().attend(heads, number, queries, keys, values);
    }
    NDList attended = new NDList();
    int first = 0;
    for (TextGroup group : step.groups) {
      NDIndex part = new NDIndex().addSliceDim(first, first + group.places().length);
      attended.add(
          group.attend(heads, number, queries.get(part), keys.get(part), values.get(part)));
      first += group.places().length;
    }
    return Rows.join(attended);
  }

  private NDArray queries(NDArray x) {
    NDArray queries = products.query().apply(x); // (A, H * e)
    NDArray split =
        (biases == null ? queries : queries.add(biases.query()))
            .reshape(-1, heads.heads(), heads.headDim()); // (A, H, e)
    return headNorms == null ? split : headNorms.query.apply(split);
  }

  private NDArray values(NDArray x) {
    NDArray values = products.value().apply(x); // (A, Hk * e)
    return splitKeys(biases == null ? values : values.add(biases.value()));
  }

  private NDArray keptKeys(NDArray x) {
    NDArray keys = products.key().apply(x); // (A, Hk * e)
    NDArray split =
        splitKeys(biases == null || keepsKeysWithoutBias ? keys : keys.add(biases.key()));
    return headNorms == null ? split : headNorms.key.apply(split); // (A, Hk, e)
  }

  /** (A, Hk * e) to (A, Hk, e). */
  private NDArray splitKeys(NDArray x) {
    return x.reshape(-1, heads.keyValueHeads(), heads.headDim());
  }

  /**
   * Kept keys with the bias that they were kept without.
   *
   * @param keys (.., Hk, e)
   */
  NDArray withKeptBias(NDArray keys) {
    return biases == null || !keepsKeysWithoutBias ? keys : keys.add(splitKeys(biases.key()));
  }
}

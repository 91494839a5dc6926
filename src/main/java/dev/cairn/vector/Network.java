package dev.cairn.vector;

import dev.cairn.kernel.Panels;
import dev.cairn.model.ModelConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a model on the processor, in the numbers that the checkpoint stores.
 *
 * <p>Axes: V vocab_size, d hidden_size, H query heads, Hk key-value heads, e head_dim, f
 * intermediate_size, r retrieval_dim.
 *
 * @param embedding (V, d), tied to the output
 * @param stages the layers of the lower decoder, then those of the upper one
 * @param norm (d)
 */
record Network(
    ModelConfig config, Panels embedding, List<Stage> stages, float[] norm, Chunks chunks) {

  /** A layer and the HSA block before it, if there is one. */
  record Stage(@Nullable Retrieval retrieval, Layer layer) {}

  /**
   * A layer of the decoders or of the chunk encoder.
   *
   * @param norm (d), of the input
   */
  record Layer(float[] norm, Attention attention, FeedForward feedForward) {}

  /**
   * @param query (H * e, d)
   * @param key (Hk * e, d)
   * @param value (Hk * e, d)
   * @param output (d, H * e)
   * @param sink null in the chunk encoder
   */
  record Attention(Panels query, Panels key, Panels value, Panels output, @Nullable Sink sink) {}

  /**
   * @param key (Hk, e), rotated by -W
   * @param value (Hk, e)
   */
  record Sink(float[] key, float[] value) {}

  /**
   * @param norm (d), of the input
   * @param gate (f, d)
   * @param up (f, d)
   * @param down (d, f)
   */
  record FeedForward(float[] norm, Panels gate, Panels up, Panels down) {}

  /**
   * An HSA block.
   *
   * @param retrievalNorm (d)
   * @param retrieval (r, d)
   * @param queryNorm (r)
   * @param norm (d), before the query of the memory
   * @param query (H * e, d)
   * @param output (d, H * e)
   */
  record Retrieval(
      float[] retrievalNorm,
      Panels retrieval,
      float[] queryNorm,
      float[] norm,
      Panels query,
      Panels output,
      FeedForward feedForward) {}

  /**
   * The chunk encoder.
   *
   * @param cls (d); null makes the landmark from the mean
   * @param norm (d)
   * @param key (Hm * e, d)
   * @param value (Hm * e, d)
   * @param landmark (r, d)
   * @param landmarkNorm (r)
   */
  record Chunks(
      float @Nullable [] cls,
      List<Layer> layers,
      float[] norm,
      Panels key,
      Panels value,
      Panels landmark,
      float[] landmarkNorm) {}
}

package dev.cairn.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * The weights that layers of all forms have.
 *
 * <p>Axes: d hidden_size, H query heads, Hk key-value heads, e head_dim, f intermediate_size.
 */
public final class DecoderWeights {

  private DecoderWeights() {}

  /**
   * A layer of a decoder or of a chunk encoder.
   *
   * @param norm (d), of the input
   * @param <M> a matrix
   * @param <V> a vector, or a few of them
   */
  public record Layer<M, V>(V norm, Attention<M, V> attention, FeedForward<M, V> feedForward) {}

  /**
   * @param query (H * e, d)
   * @param key (Hk * e, d)
   * @param value (Hk * e, d)
   * @param output (d, H * e)
   * @param biases of queries, keys and values, or null
   * @param norms of each head's queries and keys before they are rotated, or null
   * @param sink of decoder layers of the form HSA, or null
   */
  public record Attention<M, V>(
      M query,
      M key,
      M value,
      M output,
      @Nullable Biases<V> biases,
      @Nullable HeadNorms<V> norms,
      @Nullable Sink<V> sink) {}

  /**
   * @param query (H * e)
   * @param key (Hk * e)
   * @param value (Hk * e)
   */
  public record Biases<V>(V query, V key, V value) {}

  /**
   * @param query (e)
   * @param key (e)
   */
  public record HeadNorms<V>(V query, V key) {}

  /**
   * @param key (Hk, e)
   * @param value (Hk, e)
   */
  public record Sink<V>(V key, V value) {}

  /**
   * @param norm (d), of the input
   * @param gate (f, d)
   * @param up (f, d)
   * @param down (d, f)
   */
  public record FeedForward<M, V>(V norm, M gate, M up, M down) {}
}

package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;

/**
 * What documents and prompts pass alike.
 *
 * <p>Axes: T tokens, d hidden_size, V vocab_size.
 *
 * @param embedding (V, d)
 * @param rotary of the positions that a run needs
 */
record LowerDecoder(NDArray embedding, RotaryEmbedding rotary, List<DecoderLayer> layers) {

  NDManager manager() {
    return embedding.getManager();
  }

  /** What the tokens of a run see, in every layer. */
  VisibleTokens view(VisibleTokens.Span span) {
    return VisibleTokens.of(span, rotary, manager());
  }

  /**
   * @param ids (T)
   * @param windows one of each layer; moved over the tokens
   * @param betweenLayers run after each layer
   * @return (T, d)
   */
  NDArray apply(int[] ids, LayerCaches windows, VisibleTokens view, Runnable betweenLayers) {
    NDArray stream = Rows.take(embedding, Arrays.stream(ids).asLongStream().toArray()); // (T, d)
    for (int i = 0; i < layers.size(); i++) {
      WindowAttention.Attended attended = layers.get(i).apply(stream, windows.get(i), view);
      windows.set(i, attended.window());
      stream = attended.output(); // (T, d)
      betweenLayers.run();
    }
    return stream;
  }
}

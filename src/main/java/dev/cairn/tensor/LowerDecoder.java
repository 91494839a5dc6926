package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The layers that documents and prompts pass alike.
 *
 * <p>Axes: T tokens, d hidden_size.
 */
record LowerDecoder(List<DecoderLayer> layers) {

  /**
   * @param hidden (T, d), embedded tokens
   * @param windows one of each layer; moved over the tokens
   * @param betweenLayers run after each layer
   * @return (T, d)
   */
  NDArray apply(NDArray hidden, LayerCaches windows, VisibleTokens view, Runnable betweenLayers) {
    NDArray stream = hidden;
    for (int i = 0; i < layers.size(); i++) {
      WindowAttention.Attended attended = layers.get(i).apply(stream, windows.get(i), view);
      windows.set(i, attended.window());
      stream = attended.output(); // (T, d)
      betweenLayers.run();
    }
    return stream;
  }
}

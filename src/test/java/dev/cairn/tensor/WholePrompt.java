package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.model.Hsa;

/**
 * A prompt that passes the model in one run, without windows that are carried over: the plainest
 * way, to compare others with. On the native thread, inside a scope.
 *
 * <p>Axes: T tokens, d hidden_size, V vocab_size.
 */
record WholePrompt(Network network) {

  /** Lower states, (T, d). */
  NDArray lower(int... ids) {
    try (LayerCaches windows = new LayerCaches(network.manager(), network.lower().layers(), 0)) {
      return network.lower().apply(ids, windows, view(ids.length), () -> {});
    }
  }

  /** States behind the last norm, (T, d). */
  NDArray upper(ChunkSource memory, int... ids) {
    try (LayerCaches windows = new LayerCaches(network.manager(), network.upper().layers(), 0)) {
      return network.upper().apply(lower(ids), windows, view(ids.length), memory).states();
    }
  }

  /** (T, V). */
  NDArray logits(ChunkSource memory, int... ids) {
    return network.logits(upper(memory, ids));
  }

  private VisibleTokens view(int tokens) {
    Hsa form = network.form();
    RotaryEmbedding rotary =
        new RotaryEmbedding(
            network.manager(), tokens + 1, form.chunk().headDim(), form.decoder().rope());
    return VisibleTokens.of(
        new VisibleTokens.Span(form.slidingWindow(), 0, 0, tokens), rotary, network.manager());
  }
}

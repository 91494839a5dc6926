package dev.cairn.model;

import ai.djl.ndarray.NDArray;

/**
 * A prompt that passes the model in one run, without windows that are carried over: the plainest
 * way, to compare others with. On the native thread, inside a scope.
 *
 * <p>Axes: T tokens, d hidden_size, V vocab_size.
 */
record WholePrompt(Network network) {

  /** Lower states, (T, d). */
  NDArray lower(int... ids) {
    try (Windows windows = new Windows(network.manager(), network.lower().layers(), 0)) {
      return network.lower().apply(network.embed(ids), windows, view(ids.length), () -> {});
    }
  }

  /** States behind the last norm, (T, d). */
  NDArray upper(AttendedMemory memory, int... ids) {
    try (Windows windows = new Windows(network.manager(), network.upper().layers(), 0)) {
      return network.upper().apply(lower(ids), windows, view(ids.length), memory).states();
    }
  }

  /** (T, V). */
  NDArray logits(AttendedMemory memory, int... ids) {
    return network.logits(upper(memory, ids));
  }

  private WindowView view(int tokens) {
    ModelConfig config = network.config();
    RotaryEmbedding rotary =
        new RotaryEmbedding(network.manager(), tokens + 1, config.headDim(), config.ropeTheta());
    return WindowView.of(
        new WindowView.Span(config.slidingWindow(), 0, 0, tokens), rotary, network.manager());
  }
}

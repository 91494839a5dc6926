package dev.cairn.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * One prompt on its way through the model in tensors: the windows of all layers and the memory it
 * reads. On the native thread only.
 *
 * <p>Axes: T tokens, d hidden_size.
 */
final class Decoding implements DecodedSequence, AutoCloseable {

  private final Network network;
  private final SequenceMemory use;
  private final StoredMemory memory;
  private final Windows lowerWindows;
  private final Windows upperWindows;

  Decoding(Network network, ChunkMemory chunks) {
    this.network = network;
    this.use = new SequenceMemory(chunks);
    this.memory = new StoredMemory(use, network.config(), network.manager());
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      lowerWindows = new Windows(network.manager(), network.lower().layers(), 0);
      upperWindows = new Windows(network.manager(), network.upper().layers(), 0);
    }
  }

  AnswerDecoder.StepTime step(Turn turn) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long start = System.nanoTime();
      WindowView view = view(turn.ids().length);
      NDArray states =
          network.lower().apply(network.embed(turn.ids()), lowerWindows, view, () -> {}); // (T, d)
      long middle = System.nanoTime();
      long memoryNanos = use.nanos();
      UpperDecoder.Output output = network.upper().apply(states, upperWindows, view, memory);
      if (turn.predicts()) {
        turn.predicted(prediction(output));
      }
      long upper = System.nanoTime() - middle - (use.nanos() - memoryNanos);
      return new AnswerDecoder.StepTime(middle - start, upper);
    }
  }

  private WindowView view(int tokens) {
    int carried = lowerWindows.tokens();
    WindowView.Span span =
        new WindowView.Span(network.config().slidingWindow(), carried, carried, tokens);
    return WindowView.of(span, network.rotary(), network.manager());
  }

  private Turn.Prediction prediction(UpperDecoder.Output output) {
    return new Turn.Prediction(
        network.nextLogits(output.states()).toFloatArray(),
        0,
        Readings.ofLastToken(output.reads(), network.config().chunkSize()));
  }

  @Override
  public SequenceMemory.Use use() {
    return use.use();
  }

  @Override
  public void close() {
    memory.close();
    lowerWindows.close();
    upperWindows.close();
  }
}

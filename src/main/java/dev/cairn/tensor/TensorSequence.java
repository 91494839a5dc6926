package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.ScheduledSequence;

/**
 * One prompt on its way through the model in tensors: the windows of all layers and the memory it
 * reads. On the native thread only.
 *
 * <p>Axes: T tokens, d hidden_size.
 */
final class TensorSequence implements DecodedSequence, AutoCloseable {

  private final Network network;
  private final ReadMeter use;
  private final StoredChunks memory;
  private final LayerCaches lowerWindows;
  private final LayerCaches upperWindows;

  TensorSequence(Network network, ChunkMemory chunks) {
    this.network = network;
    this.use = new ReadMeter(chunks);
    this.memory = new StoredChunks(use, network.form().chunk(), network.manager());
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      lowerWindows = new LayerCaches(network.manager(), network.lower().layers(), 0);
      upperWindows = new LayerCaches(network.manager(), network.upper().layers(), 0);
    }
  }

  /** Returns nanoseconds that it took, time in the memory left out. */
  long step(ScheduledSequence scheduled) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long start = nanosOutsideMemory();
      VisibleTokens view = view(scheduled.ids().length);
      NDArray states =
          network.lower().apply(scheduled.ids(), lowerWindows, view, () -> {}); // (T, d)
      UpperDecoder.Output output = network.upper().apply(states, upperWindows, view, memory);
      if (scheduled.predicts()) {
        scheduled.predicted(prediction(output));
      }
      return nanosOutsideMemory() - start;
    }
  }

  private long nanosOutsideMemory() {
    return System.nanoTime() - use.nanos();
  }

  private VisibleTokens view(int tokens) {
    int carried = lowerWindows.tokens();
    VisibleTokens.Span span =
        new VisibleTokens.Span(network.form().slidingWindow(), carried, carried, tokens);
    return network.lower().view(span);
  }

  private ScheduledSequence.Prediction prediction(UpperDecoder.Output output) {
    return new ScheduledSequence.Prediction(
        network.nextLogits(output.states()).toFloatArray(),
        0,
        output.readingOfLastToken(network.form().chunk().size()));
  }

  @Override
  public ReadMeter.Use use() {
    return use.use();
  }

  @Override
  public void close() {
    memory.close();
    lowerWindows.close();
    upperWindows.close();
  }
}

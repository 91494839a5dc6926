package dev.cairn.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * One prompt on its way through the model: the windows of all layers and the memory it reads. On
 * the native thread only.
 *
 * <p>Axes: T tokens, d hidden_size.
 */
final class Decoding implements AutoCloseable {

  private final Network network;
  private final StoredMemory memory;
  private final Windows lowerWindows;
  private final Windows upperWindows;
  private int promptTokens;
  private long lowerNanos;
  private long upperNanos;
  private long decodeNanos;

  /**
   * What follows the tokens so far.
   *
   * @param logits one of each vocabulary id
   * @param reading what the last token read
   */
  record Prediction(float[] logits, Reading reading) {}

  private record Step(Prediction prediction, long lowerNanos, long upperNanos) {}

  Decoding(Network network, ChunkMemory memory) {
    this.network = network;
    this.memory = new StoredMemory(memory, network.config(), network.manager());
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      lowerWindows = new Windows(network.manager(), network.lower().layers(), 0);
      upperWindows = new Windows(network.manager(), network.upper().layers(), 0);
    }
  }

  /**
   * Reads the next tokens of the prompt.
   *
   * @param ids at most a block
   */
  Prediction readPrompt(int[] ids) {
    Step step = step(ids);
    promptTokens += ids.length;
    lowerNanos += step.lowerNanos;
    upperNanos += step.upperNanos;
    return step.prediction;
  }

  /** Appends a token of the answer. */
  Prediction append(int id) {
    Step step = step(new int[] {id});
    decodeNanos += step.lowerNanos + step.upperNanos;
    return step.prediction;
  }

  private Step step(int[] ids) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long start = System.nanoTime();
      WindowView view = view(ids.length);
      NDArray states =
          network.lower().apply(network.embed(ids), lowerWindows, view, () -> {}); // (T, d)
      long middle = System.nanoTime();
      long memoryNanos = memory.nanos();
      UpperDecoder.Output output = network.upper().apply(states, upperWindows, view, memory);
      Prediction prediction = prediction(output);
      long upper = System.nanoTime() - middle - (memory.nanos() - memoryNanos);
      return new Step(prediction, middle - start, upper);
    }
  }

  private WindowView view(int tokens) {
    int carried = lowerWindows.tokens();
    WindowView.Span span =
        new WindowView.Span(network.config().slidingWindow(), carried, carried, tokens);
    return WindowView.of(span, network.rotary(), network.manager());
  }

  private Prediction prediction(UpperDecoder.Output output) {
    return new Prediction(
        network.nextLogits(output.states()).toFloatArray(),
        Readings.ofLastToken(output.reads(), network.config().chunkSize()));
  }

  Generation.Cost cost() {
    return new Generation.Cost(
        promptTokens,
        memory.chunksScored(),
        memory.distinctChunksRead(),
        memory.bytesRead(),
        lowerNanos,
        memory.scanNanos(),
        memory.loadNanos(),
        upperNanos,
        decodeNanos);
  }

  @Override
  public void close() {
    memory.close();
    lowerWindows.close();
    upperWindows.close();
  }
}

package dev.cairn.model;

import dev.cairn.model.Generation.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes answers, each told on the thread that asked for it. */
final class Generator implements AutoCloseable {

  private final ModelConfig config;
  private final ContinuousBatch batch;

  Generator(ModelConfig config, AnswerDecoder decoder, NativeThread thread) {
    this.config = config;
    this.batch = new ContinuousBatch(decoder, thread, warmUp(config, decoder));
  }

  private static List<Runnable> warmUp(ModelConfig config, AnswerDecoder decoder) {
    return decoder instanceof StepDecoder ? new WarmUp(config).steps(decoder) : List.of();
  }

  /**
   * @throws IllegalArgumentException when the prompt is empty or has an id outside of the
   *     vocabulary
   */
  Generation generate(int[] prompt, ChunkMemory memory, Sampling sampling, TokenSink sink) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("a prompt needs at least one id");
    }
    config.requireIds(prompt);
    Writing writing = new Writing(config, prompt, memory, sampling);
    List<GeneratedToken> tokens = new ArrayList<>();
    FinishReason reason;
    batch.add(writing);
    try {
      reason = tell(writing, tokens, sink);
    } finally {
      batch.remove(writing);
    }
    return new Generation(List.copyOf(tokens), reason, writing.cost());
  }

  private FinishReason tell(Writing writing, List<GeneratedToken> tokens, TokenSink sink) {
    try {
      for (Optional<GeneratedToken> next = writing.next();
          next.isPresent();
          next = writing.next()) {
        batch.follow();
        tokens.add(next.get());
        if (!sink.accept(next.get()) || Thread.currentThread().isInterrupted()) {
          return FinishReason.CANCELLED;
        }
      }
      return writing.reason();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FinishReason.CANCELLED;
    }
  }

  @Override
  public void close() {
    batch.close();
  }
}

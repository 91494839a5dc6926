package dev.cairn.model;

import dev.cairn.model.Decoding.Prediction;
import dev.cairn.model.Generation.FinishReason;
import dev.cairn.model.NativeThread.Priority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes answers. Every step is a piece of work of its own on the native thread, so that answers
 * which are written at the same time take turns.
 */
final class Generator {

  private final Network network;
  private final NativeThread thread;

  Generator(Network network, NativeThread thread) {
    this.network = network;
    this.thread = thread;
  }

  /**
   * @throws IllegalArgumentException when the prompt is empty or has an id outside of the
   *     vocabulary
   */
  Generation generate(int[] prompt, ChunkMemory memory, Sampling sampling, TokenSink sink) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("a prompt needs at least one id");
    }
    network.config().requireIds(prompt);
    Decoding decoding = thread.call(Priority.ANSWER, () -> new Decoding(network, memory));
    try {
      List<GeneratedToken> tokens = new ArrayList<>();
      FinishReason reason = write(decoding, prompt, sampling, told(sink, tokens));
      return new Generation(List.copyOf(tokens), reason, decoding.cost());
    } finally {
      thread.free(decoding::close);
    }
  }

  private static TokenSink told(TokenSink sink, List<GeneratedToken> tokens) {
    return token -> {
      tokens.add(token);
      return sink.accept(token);
    };
  }

  private FinishReason write(Decoding decoding, int[] prompt, Sampling sampling, TokenSink sink) {
    Sampler sampler = new Sampler(sampling);
    Prediction prediction = readPrompt(decoding, prompt);
    for (int written = 1; !Thread.currentThread().isInterrupted(); written++) {
      int id = sampler.next(prediction.logits());
      if (id == network.config().eosTokenId()) {
        return FinishReason.STOP;
      }
      if (!sink.accept(new GeneratedToken(id, prediction.reading()))) {
        return FinishReason.CANCELLED;
      }
      if (written == sampling.maxTokens()) {
        return FinishReason.LENGTH;
      }
      prediction = thread.call(Priority.ANSWER, () -> decoding.append(id));
    }
    return FinishReason.CANCELLED;
  }

  private Prediction readPrompt(Decoding decoding, int[] prompt) {
    int block = Network.blockTokens(network.config());
    int read = 0;
    Prediction prediction;
    do {
      int[] piece = Arrays.copyOfRange(prompt, read, Math.min(prompt.length, read + block));
      prediction = thread.call(Priority.ANSWER, () -> decoding.readPrompt(piece));
      read += piece.length;
    } while (read < prompt.length && !Thread.currentThread().isInterrupted());
    return prediction;
  }
}

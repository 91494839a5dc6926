package dev.cairn.engine;

import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Generation.FinishReason;
import dev.cairn.model.ModelForm;
import dev.cairn.model.Sampling;
import dev.cairn.model.TokenSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes answers, each told on the thread that asked for it. */
public final class Generator implements AutoCloseable {

  private final ModelForm form;
  private final ContinuousBatch batch;
  private final int[] abstention;

  /**
   * @param abstention ids whose probability is asked for before an answer; may be none
   */
  public Generator(ModelForm form, AnswerDecoder decoder, NativeThread thread, int... abstention) {
    this.form = form;
    this.abstention = abstention;
    this.batch = new ContinuousBatch(decoder, thread, warmUp(form, decoder));
  }

  private static List<Runnable> warmUp(ModelForm form, AnswerDecoder decoder) {
    return decoder.warmsUp() ? new WarmUp(form).steps(decoder) : List.of();
  }

  /**
   * @throws IllegalArgumentException when the prompt is empty or has an id outside of the
   *     vocabulary
   */
  public Generation generate(int[] prompt, ChunkMemory memory, Sampling sampling, TokenSink sink) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("a prompt needs at least one id");
    }
    form.decoder().requireIds(prompt);
    PendingAnswer writing = new PendingAnswer(form.decoder(), prompt, abstention, memory, sampling);
    List<GeneratedToken> tokens = new ArrayList<>();
    FinishReason reason;
    batch.add(writing);
    try {
      reason = tell(writing, tokens, sink);
    } finally {
      batch.remove(writing);
    }
    return new Generation(
        List.copyOf(tokens), reason, writing.looked(), writing.abstention(), writing.cost());
  }

  private FinishReason tell(PendingAnswer writing, List<GeneratedToken> tokens, TokenSink sink) {
    try {
      Optional<GeneratedToken> next = batch.next(writing);
      if (!sink.begins(writing.abstention())) {
        return FinishReason.CANCELLED;
      }
      for (; next.isPresent(); next = batch.next(writing)) {
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

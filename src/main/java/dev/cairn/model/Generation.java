package dev.cairn.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished answer.
 *
 * @param tokens the tokens in order, without the end token
 * @param finishReason why it ended
 * @param looked what the prompt's last position read, before anything was written; null when the
 *     answer ended before that was known
 * @param abstention probability, before anything was written, that the model would have said that
 *     the documents do not say; null when that says nothing of it
 * @param cost what it took
 */
public record Generation(
    List<GeneratedToken> tokens,
    FinishReason finishReason,
    @Nullable Reading looked,
    @Nullable Float abstention,
    Cost cost) {

  /** Why a generation ended. */
  public enum FinishReason {
    /** The model wrote its end token. */
    STOP,
    /** maxTokens were written. */
    LENGTH,
    /** The sink asked to stop. */
    CANCELLED
  }

  /**
   * What a generation took. Times are wall times in nanoseconds, those of steps that it shared with
   * other answers in full.
   *
   * @param promptTokens tokens of the prompt
   * @param chunksScored chunks scored, summed over tokens and HSA blocks
   * @param distinctChunksRead different chunks whose keys and values were read
   * @param promptNanos prompt through the model, scan and load left out
   * @param scanNanos scoring landmarks, prompt and answer
   * @param loadNanos reading keys and values, prompt and answer
   * @param decodeNanos writing the tokens after the first, scan and load left out
   */
  public record Cost(
      int promptTokens,
      long chunksScored,
      int distinctChunksRead,
      long promptNanos,
      long scanNanos,
      long loadNanos,
      long decodeNanos) {}
}

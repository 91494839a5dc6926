package dev.cairn.model;

import org.jspecify.annotations.Nullable;

/** Takes the tokens of an answer as they are written, on the thread that asked for it. */
@FunctionalInterface
public interface TokenSink {

  /** Returns false to stop the generation after this token. */
  boolean accept(GeneratedToken token);

  /**
   * Told before the first token.
   *
   * @param abstention probability that the model would say that the documents do not say; null when
   *     that says nothing of it
   * @return false to have nothing written
   */
  default boolean begins(@Nullable Float abstention) {
    return true;
  }
}

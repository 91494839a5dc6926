package dev.cairn.model;

/** Takes the tokens of an answer as they are written, on the native thread: must not block. */
@FunctionalInterface
public interface TokenSink {

  /** Returns false to stop the generation after this token. */
  boolean accept(GeneratedToken token);
}

package dev.cairn.model;

/** Takes the tokens of an answer as they are written, on the thread that asked for it. */
@FunctionalInterface
public interface TokenSink {

  /** Returns false to stop the generation after this token. */
  boolean accept(GeneratedToken token);
}

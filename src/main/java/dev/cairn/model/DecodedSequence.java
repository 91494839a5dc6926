package dev.cairn.model;

/** One prompt and its answer on their way through an {@link AnswerDecoder}. */
public interface DecodedSequence {

  /** What reading its memory took so far. */
  ReadMeter.Use use();
}

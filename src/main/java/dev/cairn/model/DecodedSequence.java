package dev.cairn.model;

/** One prompt and its answer on their way through an {@link AnswerDecoder}. */
sealed interface DecodedSequence permits StepSequence, Decoding {

  /** What reading its memory took so far. */
  SequenceMemory.Use use();
}

package dev.cairn.model;

import java.util.List;

/**
 * Sentence landmarks: vectors whose cosine says how likely a chunk answers a question. All vectors
 * it returns are centred (the checkpoint's mean taken off) and of length 1, so that the cosine is
 * their dot product and prior_c = scale x dot. Safe for many threads.
 */
public interface SentenceEncoder extends AutoCloseable {

  int dimension();

  /** What a cosine is multiplied with to become a prior. */
  float scale();

  float[] embedQuestion(String question);

  /** One vector for each text; a blank text gives zeros. */
  float[][] embedChunks(List<String> texts);

  @Override
  void close();
}

package dev.cairn.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Chosen chunks that stand in a text without gaps, as the tokens behind them see them.
 *
 * <p>Axes: n tokens of the chunks, S chunk_size.
 *
 * @param chosen in reading order
 * @param validTokens of each
 */
public record LaidOutChunks(Selection chosen, int[] validTokens) {

  public static final LaidOutChunks NONE =
      new LaidOutChunks(new Selection(new int[0], new float[0]), new int[0]);

  /** n. */
  public int tokens() {
    return IntStream.of(validTokens).sum();
  }

  /**
   * What a token read.
   *
   * @param mass (n): its attention, the mean over layers and heads
   * @param size S
   */
  public Reading reading(float[] mass, int size) {
    ReadingBuilder reading = new ReadingBuilder(size);
    float[] weights = new float[validTokens.length];
    float[] places = new float[size];
    int at = 0;
    for (int i = 0; i < validTokens.length; i++) {
      Arrays.fill(places, 0);
      System.arraycopy(mass, at, places, 0, validTokens[i]);
      for (int token = 0; token < validTokens[i]; token++) {
        weights[i] += places[token];
      }
      reading.add(chosen.chunks()[i], places, 0, 1);
      at += validTokens[i];
    }
    if (weights.length > 0) {
      reading.chose(new ChunkChoice(chosen.chunks(), chosen.scores(), weights));
    }
    return reading.reading();
  }
}

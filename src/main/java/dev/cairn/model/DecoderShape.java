package dev.cairn.model;

import static dev.cairn.model.Sizes.require;
import static dev.cairn.model.Sizes.requirePositive;

/**
 * What every decoder has, whatever form the model is of.
 *
 * @param vocabSize V
 * @param hiddenSize d
 * @param heads of its attention: H, Hk, e
 * @param intermediateSize f, of the feed-forward part
 * @param rmsNormEps what RMSNorm adds to the mean square
 * @param ropeTheta base of the rotary positions
 * @param endToken the id that ends an answer
 */
public record DecoderShape(
    int vocabSize,
    int hiddenSize,
    HeadLayout heads,
    int intermediateSize,
    double rmsNormEps,
    double ropeTheta,
    int endToken) {

  /**
   * @throws IllegalArgumentException when the numbers do not fit each other
   */
  public DecoderShape {
    requirePositive("vocab_size", vocabSize);
    requirePositive("hidden_size", hiddenSize);
    requirePositive("intermediate_size", intermediateSize);
    requirePositive("rms_norm_eps", rmsNormEps);
    requirePositive("rope_theta", ropeTheta);
    require(heads.headDim() % 2 == 0, "head_dim must be even");
    require(isToken(endToken, vocabSize), "eos_token_id must be below vocab_size");
  }

  private static boolean isToken(int id, int vocabSize) {
    return id >= 0 && id < vocabSize;
  }

  /**
   * Refuses ids that no token has.
   *
   * @throws IllegalArgumentException when an id is outside of the vocabulary
   */
  public void requireIds(int... ids) {
    for (int id : ids) {
      require(isToken(id, vocabSize), "id %d is outside of the vocabulary".formatted(id));
    }
  }
}

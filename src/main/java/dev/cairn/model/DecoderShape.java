package dev.cairn.model;

import static dev.cairn.model.Sizes.require;
import static dev.cairn.model.Sizes.requirePositive;

import java.util.Set;

/**
 * What every decoder has, whatever form the model is of.
 *
 * @param vocabSize V, rows of the embedding and of the output
 * @param tokens of these rows that stand for a token, from the first on; what follows is never
 *     written
 * @param hiddenSize d
 * @param heads of its attention: H, Hk, e
 * @param intermediateSize f, of the feed-forward part
 * @param rmsNormEps what RMSNorm adds to the mean square
 * @param rope rotary positions
 * @param endTokens the ids that end an answer
 */
public record DecoderShape(
    int vocabSize,
    int tokens,
    int hiddenSize,
    HeadLayout heads,
    int intermediateSize,
    double rmsNormEps,
    Rope rope,
    Set<Integer> endTokens) {

  /**
   * @throws IllegalArgumentException when the numbers do not fit each other
   */
  public DecoderShape {
    endTokens = Set.copyOf(endTokens);
    requirePositive("vocab_size", vocabSize);
    requirePositive("hidden_size", hiddenSize);
    requirePositive("intermediate_size", intermediateSize);
    requirePositive("rms_norm_eps", rmsNormEps);
    require(heads.headDim() % 2 == 0, "head_dim must be even");
    require(
        tokens > 0 && tokens <= vocabSize,
        "the tokenizer has %d tokens, vocab_size is %d".formatted(tokens, vocabSize));
    for (int end : endTokens) {
      require(end >= 0 && end < tokens, "eos_token_id %d is no token".formatted(end));
    }
  }

  /** Whether an id ends an answer. */
  public boolean ends(int id) {
    return endTokens.contains(id);
  }

  /**
   * Refuses ids that no token has.
   *
   * @throws IllegalArgumentException when an id is outside of the vocabulary
   */
  public void requireIds(int... ids) {
    for (int id : ids) {
      require(id >= 0 && id < tokens, "id %d is outside of the vocabulary".formatted(id));
    }
  }
}

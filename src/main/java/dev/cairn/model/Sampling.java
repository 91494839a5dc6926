package dev.cairn.model;

/**
 * How the next token is chosen.
 *
 * @param maxTokens the most tokens to write, at least 1
 * @param temperature 0 takes the likeliest token; above 0 draws from softmax(logits / temperature)
 * @param topP draws only from the likeliest tokens whose probabilities sum to topP, in (0, 1]
 * @param seed the seed of the draws: the same seed gives the same answer
 */
public record Sampling(int maxTokens, float temperature, float topP, long seed) {

  public Sampling {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
    if (!(temperature >= 0) || !Float.isFinite(temperature)) {
      throw new IllegalArgumentException("temperature must be 0 or more, not " + temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must be above 0 and at most 1, not " + topP);
    }
  }

  public static Sampling greedy(int maxTokens) {
    return new Sampling(maxTokens, 0, 1, 0);
  }
}

package dev.cairn.model;

/**
 * One token of an answer.
 *
 * @param id its vocabulary id; never the end token
 * @param logProbability natural logarithm of the probability that the model gave it; no number
 *     where a generation tells no probability of abstaining either, since it costs a pass over all
 *     logits
 * @param reading what the position that predicted it read
 */
public record GeneratedToken(int id, float logProbability, Reading reading) {}

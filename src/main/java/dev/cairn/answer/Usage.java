package dev.cairn.answer;

/**
 * Tokens of one answer.
 *
 * @param promptTokens the question and the control tokens around it
 * @param answerTokens without the end token
 */
public record Usage(int promptTokens, int answerTokens) {}

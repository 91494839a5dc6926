package dev.cairn.answer;

import dev.cairn.model.Sampling;

/**
 * A question that can be answered.
 *
 * @param text without control characters
 * @param prompt its tokens in the checkpoint's prompt form
 * @param receivedNanos when it came, on the clock of {@link System#nanoTime()}
 * @param tokenizeNanos what making its tokens took
 */
record Question(
    String text,
    int[] prompt,
    Retrieval retrieval,
    Sampling sampling,
    long receivedNanos,
    long tokenizeNanos) {}

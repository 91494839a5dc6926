package dev.cairn.model;

/**
 * The chunks that one position read in one HSA block, from the most recent to the oldest.
 *
 * @param chunks chunk numbers
 * @param scores what they were chosen by, prior included
 * @param weights their shares, at most 1 together
 */
public record ChunkChoice(int[] chunks, float[] scores, float[] weights) {}

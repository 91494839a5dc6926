package dev.cairn.model;

/**
 * The chunks that one token reads in one HSA block.
 *
 * @param chunks chunk numbers, the highest score first
 * @param scores their scores, prior included
 */
public record Selection(int[] chunks, float[] scores) {}

package dev.cairn.model;

import java.util.List;

/**
 * What one position read while it predicted the next token: for each chunk the mean over HSA blocks
 * and heads of chunk weight x attention.
 *
 * @param chunks distinct chunk numbers of all blocks, ascending
 * @param mass (chunks, S): the share of each token; 0 at places that hold no token
 * @param blocks what it chose in each HSA block; empty when there was no chunk
 */
public record Reading(int[] chunks, float[][] mass, List<ChunkChoice> blocks) {}

package dev.cairn.model;

import java.nio.ByteBuffer;

/**
 * The chunks of one block of a document, as they are stored. Little-endian BF16.
 *
 * <p>Axes: c chunks of this block, layers whose keys and values are kept, Hk key-value heads, S
 * chunk_size, e head_dim, r retrieval_dim.
 *
 * @param chunks c
 * @param keysValues (c, layers, 2, Hk, S, e), keys before values; what stands at places without a
 *     token is of no meaning
 * @param landmarks (c, r); of no bytes where r is 0
 * @param validTokens (c): how many of the S places hold a token; S except in a document's last
 *     chunk
 */
public record EncodedChunks(
    int chunks, ByteBuffer keysValues, ByteBuffer landmarks, int[] validTokens) {}

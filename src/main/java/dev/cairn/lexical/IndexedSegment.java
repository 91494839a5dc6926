package dev.cairn.lexical;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A segment whose chunks can be found by their words.
 *
 * @param texts one of each chunk, in order; asked for only while there is no index
 */
public record IndexedSegment(UUID id, int chunks, Supplier<List<String>> texts) {}

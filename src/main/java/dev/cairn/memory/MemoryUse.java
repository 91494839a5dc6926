package dev.cairn.memory;

/**
 * What a question cost its memory so far.
 *
 * @param bytesRead of keys and values, from the store
 * @param slabBytesLoaded landmarks and sentence landmarks that had to be loaded from the store
 */
public record MemoryUse(long bytesRead, long slabBytesLoaded) {}

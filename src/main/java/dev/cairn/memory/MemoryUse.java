package dev.cairn.memory;

/**
 * What a question cost its memory so far.
 *
 * @param chunksScored summed over queries
 * @param bytesRead of keys and values, from the store
 * @param slabBytesLoaded landmarks and sentence landmarks that had to be loaded from the store
 */
public record MemoryUse(long chunksScored, long bytesRead, long slabBytesLoaded) {}

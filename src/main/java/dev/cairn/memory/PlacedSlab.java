package dev.cairn.memory;

/**
 * A segment's slab at its place in a question's memory.
 *
 * @param firstChunk number of its first chunk in the question's memory
 * @param firstInDocument number of its first chunk in its document
 */
record PlacedSlab(
    VisibleDocument document,
    SegmentRef segment,
    SegmentSlab slab,
    int firstChunk,
    int firstInDocument) {

  int endChunk() {
    return firstChunk + slab.chunks();
  }
}

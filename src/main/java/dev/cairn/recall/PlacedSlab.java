package dev.cairn.recall;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.kernel.ByteRows;
import dev.cairn.model.ChunkRange;
import dev.cairn.segment.SegmentRef;

/**
 * A segment's slab at its place in a question's memory.
 *
 * @param firstChunk number of its first chunk in the question's memory
 * @param ofDocument the document's chunks in the question's memory, of this and of all its segments
 */
record PlacedSlab(
    VisibleDocument document,
    SegmentRef segment,
    SegmentSlab slab,
    int firstChunk,
    ChunkRange ofDocument) {

  /** Number of its first chunk in its document. */
  int firstInDocument() {
    return firstChunk - ofDocument.first();
  }

  int endChunk() {
    return firstChunk + slab.chunks();
  }

  /** A block of the slab's rows and those of its chunks that are wanted. */
  interface BlockVisitor {

    /**
     * @param first the chunk of the block's first row
     * @param from the first one that is wanted, in the block
     * @param to the end of those that are wanted, in the block
     */
    void visit(int block, int first, int from, int to);
  }

  /** Visits the blocks that hold chunks from {@code from} to before {@code to}. */
  void visitBlocks(int from, int to, BlockVisitor visitor) {
    int end = Math.min(to, endChunk());
    int chunk = Math.max(from, firstChunk);
    while (chunk < end) {
      int block = (chunk - firstChunk) / ByteRows.BLOCK;
      int first = firstChunk + block * ByteRows.BLOCK;
      int next = Math.min(end, first + ByteRows.BLOCK);
      visitor.visit(block, first, chunk, next);
      chunk = next;
    }
  }
}

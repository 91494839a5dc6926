package dev.cairn.model;

/**
 * Encodes one document from left to right in blocks of a fixed length, carrying the window of every
 * lower layer from block to block. What it computes for a block depends on the block and on the
 * {@link #runUpBlocks()} blocks before it, to the bit: encoding a stretch after a run-up gives the
 * same bits as encoding the document in one go. Holds native memory until closed; used by one
 * thread at a time.
 */
public interface DocumentEncoder extends AutoCloseable {

  /** Raised when a change of the code moves bits that are stored. */
  int ARITHMETIC = 2;

  /** Tokens of a block: a multiple of chunk_size and at least sliding_window - 1. */
  int blockTokens();

  /** How many whole blocks before a stretch make its window exact. */
  int runUpBlocks();

  /**
   * Moves the window over one block without storing anything.
   *
   * @param ids exactly {@link #blockTokens()} ids
   */
  void runUp(int[] ids);

  /**
   * Encodes the next block.
   *
   * @param ids 1 to {@link #blockTokens()} ids; fewer than a block only at the document's end
   */
  EncodedChunks encode(int[] ids);

  @Override
  void close();
}

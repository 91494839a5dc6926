package dev.cairn.model;

/**
 * Encodes one document from left to right in blocks of a fixed length, carrying what a block needs
 * of those before it. What it computes for a block depends on the block and on the {@link
 * #runUpBlocks()} blocks before it, to the bit: encoding a stretch after a run-up gives the same
 * bits as encoding the document in one go. Holds native memory until closed; used by one thread at
 * a time.
 */
public interface DocumentEncoder extends AutoCloseable {

  /** Raised when a change of the code moves bits that are stored. */
  int ARITHMETIC = 2;

  /** Tokens of a block: whole chunks. */
  int blockTokens();

  /** How many whole blocks before a stretch make what is carried into it exact. */
  int runUpBlocks();

  /**
   * Passes one block without storing anything.
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

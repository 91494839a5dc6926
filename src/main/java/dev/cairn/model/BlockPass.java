package dev.cairn.model;

/** One document on its way through the encoder, block by block. On the native thread only. */
public interface BlockPass extends AutoCloseable {

  /**
   * Passes the next block without encoding it.
   *
   * @param ids a whole block
   */
  void runUp(int[] ids, Runnable betweenLayers);

  /**
   * Encodes the next block.
   *
   * @param ids 1 to a block's ids
   */
  EncodedChunks encode(int[] ids, Runnable betweenLayers);

  @Override
  void close();
}

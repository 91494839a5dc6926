package dev.cairn.recall;

/**
 * What a question cost its memory so far. A chunk is held once for each step of the model that
 * reads it; the first time may be on disk and all later ones in RAM.
 *
 * @param ram chunks that were there
 * @param disk chunks that had to be read
 * @param slabBytesLoaded landmarks and sentence landmarks that had to be loaded from the store
 */
public record ChunkReads(Tier ram, Tier disk, long slabBytesLoaded) {

  /** Share of the holds that found their chunk in RAM; 0 when nothing was held. */
  public double hitRate() {
    long holds = ram.holds + disk.holds;
    return holds == 0 ? 0 : (double) ram.holds / holds;
  }

  /**
   * What came from one tier.
   *
   * @param distinctChunks that the question found there when it first held them
   * @param holds of chunks that were found there
   * @param bytes of keys and values read there; from the disk, also what lay between near chunks
   */
  public record Tier(int distinctChunks, long holds, long bytes) {}
}

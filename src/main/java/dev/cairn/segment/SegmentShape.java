package dev.cairn.segment;

import dev.cairn.model.KvFormat;
import dev.cairn.model.ModelConfig;

/**
 * The sizes of a segment's tensors.
 *
 * @param chunks C, 1 to {@link Fingerprint#CHUNKS_PER_STRETCH}
 * @param memoryHeads Hm
 * @param chunkSize S, tokens
 * @param headDim e
 * @param retrievalDim r
 * @param sentenceDim length of a sentence landmark; 0 when there are none
 * @param kvFormat of keys and values
 */
public record SegmentShape(
    int chunks,
    int memoryHeads,
    int chunkSize,
    int headDim,
    int retrievalDim,
    int sentenceDim,
    KvFormat kvFormat) {

  public SegmentShape {
    boolean sized = memoryHeads > 0 && chunkSize > 0 && headDim > 0 && retrievalDim > 0;
    if (!sized || chunks < 1 || chunks > Fingerprint.CHUNKS_PER_STRETCH || sentenceDim < 0) {
      throw new IllegalArgumentException("not the shape of a segment");
    }
  }

  /**
   * @param sentenceDim of the sentence encoder that the checkpoint names, or 0
   */
  public static SegmentShape of(
      ModelConfig config, int chunks, int sentenceDim, KvFormat kvFormat) {
    return new SegmentShape(
        chunks,
        config.memoryKeyValueHeads(),
        config.chunkSize(),
        config.headDim(),
        config.retrievalDim(),
        sentenceDim,
        kvFormat);
  }

  /** Bytes of one chunk's keys and values as the model gives them: BF16 (2, Hm, S, e). */
  public int encodedChunkBytes() {
    return Math.toIntExact(KvFormat.BF16.type().bytes(2, memoryHeads, chunkSize, headDim));
  }

  /** Bytes of one chunk's keys and values as they are stored: (2, Hm, S, e). */
  public int chunkBytes() {
    return Math.toIntExact(SegmentPart.KEYS_VALUES.rowBytes(this));
  }
}

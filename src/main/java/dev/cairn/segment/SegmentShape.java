package dev.cairn.segment;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.KvLayout;

/**
 * The sizes of a segment's tensors. They settle the version of the file: what version 1 can hold is
 * written as that, so that what was stored before there was another version is still made and read.
 *
 * @param chunks C, 1 to {@link Fingerprint#CHUNKS_PER_STRETCH}
 * @param form of each: S, layers, Hk, e, r
 * @param sentenceDim length of a sentence landmark; 0 when there are none
 * @param kvFormat of keys and values
 */
public record SegmentShape(int chunks, ChunkForm form, int sentenceDim, KvFormat kvFormat) {

  /** The oldest version that is read: one layer, landmarks, one scale a head. */
  static final int OLDEST_VERSION = 1;

  /** The newest one: any number of layers, with or without landmarks, finer scales. */
  static final int NEWEST_VERSION = 2;

  public SegmentShape {
    if (chunks < 1 || chunks > Fingerprint.CHUNKS_PER_STRETCH || sentenceDim < 0) {
      throw new IllegalArgumentException("not the shape of a segment");
    }
    if (form.headDim() % kvFormat.numbersOfElement() != 0) {
      throw new IllegalArgumentException("head_dim must be even where two numbers share a byte");
    }
  }

  /** The version of files with such chunks. */
  static int version(ChunkForm form, KvFormat kvFormat) {
    boolean hasOneLayer = form.layers() == 1 && form.landmarkDim() > 0;
    return hasOneLayer && kvFormat != KvFormat.INT4 ? OLDEST_VERSION : NEWEST_VERSION;
  }

  public int version() {
    return version(form, kvFormat);
  }

  /** How a chunk's numbers and scales lie. */
  public KvLayout layout() {
    return switch (kvFormat) {
      case BF16 -> KvLayout.BFLOAT16;
      case INT8 -> version() == 1 ? KvLayout.HEAD_SCALES : KvLayout.fineScales(form, KvFormat.INT8);
      case INT4 -> KvLayout.fineScales(form, KvFormat.INT4);
    };
  }

  /** Bytes of the numbers of one chunk's keys and values as they are stored. */
  public int numberBytes() {
    return Math.toIntExact(SegmentPart.KEYS_VALUES.rowBytes(this));
  }

  /** Bytes that are read of one chunk: its numbers, and behind them the scales of version 2. */
  public int chunkBytes() {
    return Math.addExact(numberBytes(), layout().scaleBytes());
  }
}

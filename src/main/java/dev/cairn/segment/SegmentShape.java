package dev.cairn.segment;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;

/**
 * The sizes of a segment's tensors.
 *
 * @param chunks C, 1 to {@link Fingerprint#CHUNKS_PER_STRETCH}
 * @param form of each: S, Hm, e, r; of one layer, since the files have no axis for more
 * @param sentenceDim length of a sentence landmark; 0 when there are none
 * @param kvFormat of keys and values
 */
public record SegmentShape(int chunks, ChunkForm form, int sentenceDim, KvFormat kvFormat) {

  public SegmentShape {
    boolean storable = form.layers() == 1 && form.landmarkDim() > 0;
    if (!storable || chunks < 1 || chunks > Fingerprint.CHUNKS_PER_STRETCH || sentenceDim < 0) {
      throw new IllegalArgumentException("not the shape of a segment");
    }
  }

  /** Bytes of one chunk's keys and values as they are stored: (2, Hm, S, e). */
  public int chunkBytes() {
    return Math.toIntExact(SegmentPart.KEYS_VALUES.rowBytes(this));
  }
}

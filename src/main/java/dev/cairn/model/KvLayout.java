package dev.cairn.model;

import dev.cairn.kernel.Kernel;

/**
 * How the numbers of a chunk's keys and values lie in memory, and the scales that they are
 * multiplied with.
 *
 * <p>Axes: L layers, Hk key-value heads, S chunk_size, e head_dim.
 */
public sealed interface KvLayout permits Bfloat16Numbers, HeadScales, FineScales {

  /** BF16 (L, 2, Hk, S, e), little-endian, without scales. */
  KvLayout BFLOAT16 = new Bfloat16Numbers();

  /**
   * I8 (2, Hk, S, e) of one layer. Scales F32 (2, Hk), little-endian: of each head's keys, then of
   * each head's values.
   */
  KvLayout HEAD_SCALES = new HeadScales();

  /**
   * I8 (L, 2, Hk, S, e), or U8 (L, 2, Hk, S, e / 2) of which byte i of a token holds number i in
   * its lower four bits and number i + e / 2 in its upper ones, both from -8 to 7. Scales F16 (L,
   * Hk, e + S), little-endian: of each channel of a head's keys, which are alike over tokens, then
   * of each token of its values.
   *
   * @param format INT8, or INT4 where e is even
   */
  static KvLayout fineScales(ChunkForm form, KvFormat format) {
    return new FineScales(form, format);
  }

  /** Bytes of a chunk's scales, when they lie behind its numbers; 0 when they do not. */
  int scaleBytes();

  /**
   * What the chunk's numbers stand for.
   *
   * @param numbers (L, 2, Hk, S, e), to be written
   */
  void widen(StoredChunk chunk, float[] numbers, Kernel kernel);
}

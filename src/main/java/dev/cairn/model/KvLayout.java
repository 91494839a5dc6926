package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * How the numbers of a chunk's keys and values lie in memory, and the scales that they are
 * multiplied with.
 *
 * <p>Axes: L layers, Hk key-value heads, S chunk_size, e head_dim.
 */
public sealed interface KvLayout permits Bfloat16Numbers, KvLayout.HeadScales, FineScales {

  /** BF16 (L, 2, Hk, S, e), little-endian, without scales. */
  KvLayout BFLOAT16 = new Bfloat16Numbers();

  /**
   * I8 (2, Hk, S, e) of one layer. Scales F32 (2, Hk), little-endian: of each head's keys, then of
   * each head's values. They lie elsewhere.
   */
  KvLayout HEAD_SCALES = new HeadScales();

  /**
   * I8 (L, 2, Hk, S, e), or U8 (L, 2, Hk, S, e / 2) of which byte i of a token holds number i in
   * its lower four bits and number i + e / 2 in its upper ones, both from -8 to 7. Scales F16 (L,
   * Hk, e + S), little-endian, behind the numbers: of each channel of a head's keys, whose large
   * numbers stand in the same channels at all tokens, then of each token of its values.
   *
   * @param format INT8, or INT4 where e is even
   */
  static KvLayout fineScales(ChunkForm form, KvFormat format) {
    return new FineScales(form, format);
  }

  /** Bytes of the scales that lie behind a chunk's numbers. */
  int scaleBytes();

  /**
   * What the chunk's numbers stand for.
   *
   * @param numbers (L, 2, Hk, S, e), to be written
   */
  void widen(StoredChunk chunk, float[] numbers, Kernel kernel);

  /** {@link #HEAD_SCALES}. */
  record HeadScales() implements KvLayout {

    @Override
    public int scaleBytes() {
      return 0;
    }

    @Override
    public void widen(StoredChunk chunk, float[] numbers, Kernel kernel) {
      MemorySegment scales = Objects.requireNonNull(chunk.scales());
      kernel.widen(chunk.keysValues(), 0, numbers.length, numbers, 0);
      int ofHead = numbers.length / (int) (scales.byteSize() / Float.BYTES);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] *= scales.get(StoredChunk.FLOAT, (long) (i / ofHead) * Float.BYTES);
      }
    }
  }
}

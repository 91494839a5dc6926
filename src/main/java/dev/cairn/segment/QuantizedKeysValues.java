package dev.cairn.segment;

import dev.cairn.kernel.EightBits;
import dev.cairn.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Keys and values of one chunk in {@linkplain EightBits eight bits}, as a segment stores them.
 * Where no token stands, zeros do.
 *
 * <p>Axes: Hm memory_kv_heads, S chunk_size, e head_dim.
 */
public final class QuantizedKeysValues {

  private static final Kernel KERNEL = Kernel.fastest();

  private QuantizedKeysValues() {}

  /**
   * @param keysValues BF16 little-endian (2, Hm, S, e)
   * @param validTokens of the S tokens
   * @param numbers I8 (2, Hm, S, e), written from its position on
   * @param scales F32 little-endian (2, Hm), written from its position on
   */
  public static void quantize(
      ByteBuffer keysValues,
      SegmentShape shape,
      int validTokens,
      ByteBuffer numbers,
      ByteBuffer scales) {
    MemorySegment heads = MemorySegment.ofBuffer(keysValues);
    float[] head = new float[shape.form().size() * shape.form().headDim()];
    int valid = validTokens * shape.form().headDim();
    float[] tokens = new float[valid];
    for (int i = 0; i < 2 * shape.form().heads(); i++) {
      long at = (long) i * head.length * Short.BYTES;
      KERNEL.widenBfloat16(heads, at, head.length, head, 0);
      System.arraycopy(head, 0, tokens, 0, valid);
      float scale = EightBits.scale(tokens);
      scales.putFloat(scale);
      for (int place = 0; place < head.length; place++) {
        numbers.put(place < valid ? EightBits.number(head[place], scale) : 0);
      }
    }
  }
}

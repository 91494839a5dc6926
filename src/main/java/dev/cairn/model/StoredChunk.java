package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of one chunk, held in memory until closed: they do not change and are not freed
 * before. Closed by one thread; its numbers may be read by several.
 *
 * <p>Axes: Hm memory_kv_heads, S chunk_size, e head_dim.
 */
public interface StoredChunk extends AutoCloseable {

  /** How a scale lies in memory. */
  ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * (2, Hm, S, e), keys then values: BF16 little-endian, or I8 when there are {@link #scales()}. On
   * the heap or outside of it, with no promise of how it is aligned. Not to be read after {@link
   * #close()}.
   */
  MemorySegment keysValues();

  /**
   * F32 little-endian (2, Hm): what each head's numbers of eight bits are multiplied with. Null
   * when keys and values are BF16. Not to be read after {@link #close()}.
   */
  default @Nullable MemorySegment scales() {
    return null;
  }

  /**
   * Copies keys and values as floats, eight bits multiplied with their scales.
   *
   * @param numbers (2, Hm, S, e), to be written
   */
  default void widen(float[] numbers, Kernel kernel) {
    MemorySegment scales = scales();
    if (scales == null) {
      kernel.widenBfloat16(keysValues(), 0, numbers.length, numbers, 0);
      return;
    }
    kernel.widen(keysValues(), 0, numbers.length, numbers, 0);
    int ofHead = numbers.length / (int) (scales.byteSize() / Float.BYTES);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= scales.get(FLOAT, (long) (i / ofHead) * Float.BYTES);
    }
  }

  /** How many of the chunk's S tokens are valid, at least 1. */
  int validTokens();

  /** Lets go of the chunk; closing again does nothing. */
  @Override
  void close();
}

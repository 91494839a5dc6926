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
 * <p>Axes: layers whose keys and values are kept, Hk key-value heads, S chunk_size, e head_dim.
 */
public interface StoredChunk extends AutoCloseable {

  /** How a scale of 32 bits lies in memory. */
  ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * The numbers, as the {@link #layout()} says: on the heap or outside of it, with no promise of
   * how they are aligned. Not to be read after {@link #close()}.
   */
  MemorySegment keysValues();

  /**
   * What the numbers are multiplied with, as the layout says; null when it has no scales. Not to be
   * read after {@link #close()}.
   */
  default @Nullable MemorySegment scales() {
    return null;
  }

  /** How numbers and scales lie. */
  default KvLayout layout() {
    return KvLayout.BFLOAT16;
  }

  /**
   * Copies keys and values as floats, those of fewer bits multiplied with their scales.
   *
   * @param numbers (layers, 2, Hk, S, e), to be written
   */
  default void widen(float[] numbers, Kernel kernel) {
    layout().widen(this, numbers, kernel);
  }

  /**
   * What tells this chunk from all others, now and later; null when nothing does. For those who
   * keep a copy of their own.
   */
  default @Nullable Object key() {
    return null;
  }

  /** How many of the chunk's S tokens are valid, at least 1. */
  int validTokens();

  /** Lets go of the chunk; closing again does nothing. */
  @Override
  void close();
}

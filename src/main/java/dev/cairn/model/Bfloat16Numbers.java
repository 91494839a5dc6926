package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@link KvLayout#BFLOAT16}. */
record Bfloat16Numbers() implements KvLayout {

  private static final ValueLayout.OfShort LITTLE_ENDIAN =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int BLOCK = 4_096;

  @Override
  public int scaleBytes() {
    return 0;
  }

  /** Vectors are slow at reading bytes of the heap, where chunks lie that found no slot. */
  @Override
  public void widen(StoredChunk chunk, float[] numbers, Kernel kernel) {
    MemorySegment stored = chunk.keysValues();
    if (stored.isNative()) {
      kernel.widenBfloat16(stored, 0, numbers.length, numbers, 0);
    } else {
      widenHeap(stored, numbers);
    }
  }

  private static void widenHeap(MemorySegment stored, float[] numbers) {
    short[] block = new short[Math.min(BLOCK, numbers.length)];
    for (int from = 0; from < numbers.length; from += block.length) {
      int count = Math.min(block.length, numbers.length - from);
      MemorySegment.copy(stored, LITTLE_ENDIAN, (long) from * Short.BYTES, block, 0, count);
      for (int i = 0; i < count; i++) {
        numbers[from + i] = Float.intBitsToFloat(block[i] << Short.SIZE);
      }
    }
  }
}

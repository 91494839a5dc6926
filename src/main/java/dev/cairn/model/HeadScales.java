package dev.cairn.model;

import dev.cairn.kernel.Kernel;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** {@link KvLayout#HEAD_SCALES}. */
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

package dev.cairn.model;

import dev.cairn.kernel.Kernel;

/** {@link KvLayout#BFLOAT16}. */
record Bfloat16Numbers() implements KvLayout {

  @Override
  public int scaleBytes() {
    return 0;
  }

  @Override
  public void widen(StoredChunk chunk, float[] numbers, Kernel kernel) {
    kernel.widenBfloat16(chunk.keysValues(), 0, numbers.length, numbers, 0);
  }
}

package dev.cairn.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Landmarks in eight bits, outside the heap: row x its scale is within half a scale of every number
 * of the landmark.
 *
 * @param rows I8 (C, s), s = {@link QuantizedQuery#padded}(r)
 * @param scales F32 (C), in the machine's byte order
 */
record QuantizedLandmarks(MemorySegment rows, MemorySegment scales) {

  /**
   * @param landmarks BF16 (C, r), little-endian
   */
  static QuantizedLandmarks of(MemorySegment landmarks, int chunks, int dim, Arena arena) {
    QuantizedLandmarks quantized =
        new QuantizedLandmarks(
            arena.allocate((long) chunks * QuantizedQuery.padded(dim), SegmentSlab.ALIGNMENT),
            arena.allocate(ValueLayout.JAVA_FLOAT, chunks));
    float[] landmark = new float[dim];
    for (int row = 0; row < chunks; row++) {
      Bf16.read(landmarks, row, landmark);
      quantized.put(row, landmark);
    }
    return quantized;
  }

  private void put(int row, float[] landmark) {
    float scale = EightBits.scale(landmark);
    scales.setAtIndex(ValueLayout.JAVA_FLOAT, row, scale);
    long offset = (long) row * QuantizedQuery.padded(landmark.length);
    for (int i = 0; i < landmark.length; i++) {
      rows.set(ValueLayout.JAVA_BYTE, offset + i, EightBits.number(landmark[i], scale));
    }
  }

  float scale(int row) {
    return scales.getAtIndex(ValueLayout.JAVA_FLOAT, row);
  }

  long byteSize() {
    return rows.byteSize() + scales.byteSize();
  }
}

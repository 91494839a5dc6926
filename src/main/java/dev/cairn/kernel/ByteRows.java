package dev.cairn.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Vectors in {@linkplain EightBits eight bits}, outside the heap: numbers x the scale of the
 * vector. They lie in blocks, the first numbers of all vectors of a block, then the second ones: so
 * one instruction multiplies many vectors with one number of a query, and no sum goes across its
 * lanes.
 *
 * <p>Axes: R rows, d numbers of a row, B rows of a block, the last one filled up with zeros.
 *
 * @param numbers I8 (blocks, d, B)
 * @param scales F32 (blocks, B), in the machine's byte order
 * @param dim d
 */
public record ByteRows(MemorySegment numbers, MemorySegment scales, int dim) {

  /** Rows of a block. */
  public static final int BLOCK = 64;

  /** Rows of zeros. */
  public static ByteRows allocate(int rows, int dim, Arena arena) {
    long padded = (long) blocks(rows) * BLOCK;
    return new ByteRows(
        arena.allocate(padded * dim, BLOCK), arena.allocate(padded * Float.BYTES, BLOCK), dim);
  }

  /** As many blocks as hold so many rows. */
  public static int blocks(int rows) {
    return Math.ceilDiv(rows, BLOCK);
  }

  public void put(int row, byte[] vector, float scale) {
    long offset = offset(row / BLOCK) + row % BLOCK;
    for (int i = 0; i < dim; i++) {
      numbers.set(ValueLayout.JAVA_BYTE, offset + (long) i * BLOCK, vector[i]);
    }
    scales.setAtIndex(ValueLayout.JAVA_FLOAT, row, scale);
  }

  /** Where the numbers of a block begin. */
  long offset(int block) {
    return (long) block * dim * BLOCK;
  }

  /** Reads the scales of a block, as many as the target holds. */
  public void scales(int block, float[] target) {
    long offset = (long) block * BLOCK * Float.BYTES;
    MemorySegment.copy(scales, ValueLayout.JAVA_FLOAT, offset, target, 0, target.length);
  }

  public long byteSize() {
    return numbers.byteSize() + scales.byteSize();
  }
}

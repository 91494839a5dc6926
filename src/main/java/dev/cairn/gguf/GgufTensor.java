package dev.cairn.gguf;

import java.util.Arrays;

/**
 * Where a tensor lies in a GGUF file.
 *
 * @param name its name
 * @param type how its numbers are packed
 * @param shape sizes of its axes, the slowest first: (out, in) for a matrix; empty for one number
 * @param offset its first byte, counted from the start of the file
 * @param length its bytes
 */
public record GgufTensor(String name, GgufType type, long[] shape, long offset, long length) {

  public boolean hasShape(long... expected) {
    return Arrays.equals(shape, expected);
  }

  /** How many numbers it holds. */
  public long numbers() {
    return length / type.blockBytes() * type.blockNumbers();
  }
}

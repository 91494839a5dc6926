package dev.cairn.safetensors;

import java.util.Arrays;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param name its name
 * @param type type of its elements
 * @param shape sizes of its axes, the slowest first; empty for a single number
 * @param offset its first byte, counted from the start of the file
 * @param length its bytes
 */
public record TensorEntry(String name, TensorType type, long[] shape, long offset, long length) {

  public boolean hasShape(long... expected) {
    return Arrays.equals(shape, expected);
  }
}

package dev.cairn.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** A tensor of a weight file, as it stands there. */
public sealed interface StoredTensor permits SafetensorsTensor, PackedTensor {

  /** What the form of the model calls it. */
  String name();

  /** Where it lies; of a split GGUF model its first file. */
  Path path();

  /** Sizes of its axes, the slowest first. */
  long[] shape();

  /** Its bytes. */
  long length();

  /** How its numbers are written, for people. */
  String typeName();

  /**
   * Copies its bytes (little-endian) to the target's position and advances it.
   *
   * @param target with room for them
   * @throws CheckpointException when they cannot be read
   */
  void read(ByteBuffer target);

  default boolean hasShape(long... expected) {
    return Arrays.equals(shape(), expected);
  }
}

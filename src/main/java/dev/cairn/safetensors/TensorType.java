package dev.cairn.safetensors;

/** The element types of a safetensors file, under the names that the format gives them. */
public enum TensorType {
  BOOL(1),
  U8(1),
  I8(1),
  U16(2),
  I16(2),
  F16(2),
  BF16(2),
  U32(4),
  I32(4),
  F32(4),
  U64(8),
  I64(8),
  F64(8);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /**
   * Bytes of a whole tensor.
   *
   * @throws ArithmeticException when they are more than a long holds
   */
  public long bytes(long... shape) {
    long length = bytes;
    for (long size : shape) {
      length = Math.multiplyExact(length, size);
    }
    return length;
  }
}

package dev.cairn.model;

import dev.cairn.safetensors.TensorType;
import java.util.Arrays;
import java.util.Optional;

/** How the keys and values of a segment are stored. */
public enum KvFormat {
  /** As the model gives them. */
  BF16(TensorType.BF16, false),
  /** In eight bits, with one scale for the keys and one for the values of each head of a chunk. */
  INT8(TensorType.I8, true);

  private final TensorType type;
  private final boolean scaled;

  KvFormat(TensorType type, boolean scaled) {
    this.type = type;
    this.scaled = scaled;
  }

  /** The format that has numbers of a type; empty when none has. */
  public static Optional<KvFormat> of(TensorType type) {
    return Arrays.stream(values()).filter(format -> format.type == type).findFirst();
  }

  public TensorType type() {
    return type;
  }

  /** Whether each head of a chunk has scales beside its numbers. */
  public boolean isScaled() {
    return scaled;
  }
}

package dev.cairn.model;

import dev.cairn.safetensors.TensorType;

/** How the keys and values of a segment are stored. */
public enum KvFormat {
  /** As the model gives them. */
  BF16(TensorType.BF16),
  /** In eight bits, with one scale for the keys and one for the values of each head of a chunk. */
  INT8(TensorType.I8);

  private final TensorType type;

  KvFormat(TensorType type) {
    this.type = type;
  }

  public TensorType type() {
    return type;
  }
}

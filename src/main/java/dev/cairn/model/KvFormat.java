package dev.cairn.model;

import dev.cairn.safetensors.TensorType;
import java.util.Arrays;
import java.util.Optional;

/** How the keys and values of a segment are stored; {@link KvLayout} says where the scales lie. */
public enum KvFormat {
  /** As the model gives them. */
  BF16(TensorType.BF16, 1),
  /** In eight bits with scales. */
  INT8(TensorType.I8, 1),
  /** In four bits with scales, two numbers a byte. */
  INT4(TensorType.U8, 2);

  private final TensorType type;
  private final int numbersOfElement;

  KvFormat(TensorType type, int numbersOfElement) {
    this.type = type;
    this.numbersOfElement = numbersOfElement;
  }

  /** The smallest format that gives a form nearly the answers of BF16. */
  public static KvFormat suiting(ModelForm form) {
    return switch (form) {
      case Hsa hsa -> BF16;
      case Layers layers -> INT8;
    };
  }

  /** The format that has elements of a type; empty when none has. */
  public static Optional<KvFormat> of(TensorType type) {
    return Arrays.stream(values()).filter(format -> format.type == type).findFirst();
  }

  public TensorType type() {
    return type;
  }

  /** How many numbers share one element. */
  public int numbersOfElement() {
    return numbersOfElement;
  }

  /** Whether there are scales beside the numbers. */
  public boolean isScaled() {
    return this != BF16;
  }
}

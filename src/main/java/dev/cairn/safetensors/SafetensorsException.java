package dev.cairn.safetensors;

import org.jspecify.annotations.Nullable;

/** Bytes that are not a whole and well-formed safetensors file, and why. */
public final class SafetensorsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** The file ends before its header or its tensors do. */
    TRUNCATED,
    /** The header is longer than {@link SafetensorsHeader#MAX_JSON_BYTES}. */
    HEADER_TOO_LARGE,
    /** The header is not the JSON that the format asks for. */
    MALFORMED,
    /** A tensor has an element type that is not one of {@link TensorType}. */
    TYPE_UNKNOWN,
    /** Shapes and places of the tensors do not fit each other or the file. */
    LAYOUT_INVALID,
    /** A tensor that was asked for is not there. */
    TENSOR_MISSING
  }

  private final Reason reason;

  public SafetensorsException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public SafetensorsException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

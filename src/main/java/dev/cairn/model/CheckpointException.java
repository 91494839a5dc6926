package dev.cairn.model;

/** A checkpoint that cannot be used, and why. */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    FILE_MISSING,
    FILE_TRUNCATED,
    FILE_MALFORMED,
    CONFIG_INVALID,
    TENSOR_MISSING,
    TENSOR_MISSHAPEN,
    DTYPE_UNSUPPORTED
  }

  private final Reason reason;

  public CheckpointException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public CheckpointException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

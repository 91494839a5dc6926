package dev.cairn.checkpoint;

import dev.cairn.gguf.GgufException;
import dev.cairn.safetensors.SafetensorsException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A checkpoint that cannot be used, and why. */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    FILE_MISSING,
    FILE_UNREADABLE,
    FILE_TRUNCATED,
    FILE_MALFORMED,
    CONFIG_INVALID,
    TENSOR_MISSING,
    TENSOR_MISSHAPEN,
    DTYPE_UNSUPPORTED,
    TARGET_EXISTS
  }

  private final Reason reason;

  public CheckpointException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public CheckpointException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What a weight file's fault means for its checkpoint. */
  static CheckpointException of(Path file, SafetensorsException fault) {
    Reason reason =
        switch (fault.reason()) {
          case TRUNCATED -> Reason.FILE_TRUNCATED;
          case TYPE_UNKNOWN -> Reason.DTYPE_UNSUPPORTED;
          case TENSOR_MISSING -> Reason.TENSOR_MISSING;
          case HEADER_TOO_LARGE, MALFORMED, LAYOUT_INVALID -> Reason.FILE_MALFORMED;
        };
    return new CheckpointException(reason, file + ": " + fault.getMessage(), fault);
  }

  /** What a GGUF file's fault means for its checkpoint. */
  static CheckpointException of(GgufException fault) {
    Reason reason =
        switch (fault.reason()) {
          case TRUNCATED -> Reason.FILE_TRUNCATED;
          case TYPE_UNSUPPORTED -> Reason.DTYPE_UNSUPPORTED;
          case TENSOR_MISSING -> Reason.TENSOR_MISSING;
          case KEY_MISSING, KEY_INVALID -> Reason.CONFIG_INVALID;
          case MODEL_NOT_CHOSEN, PARTS_INVALID -> Reason.FILE_MISSING;
          case NOT_GGUF, VERSION_UNSUPPORTED, HEADER_TOO_LARGE, MALFORMED, LAYOUT_INVALID ->
              Reason.FILE_MALFORMED;
        };
    return new CheckpointException(reason, String.valueOf(fault.getMessage()), fault);
  }

  /**
   * What is read of a file; numbers that do not fit are refused by its name.
   *
   * @throws CheckpointException when reading throws {@link IllegalArgumentException}
   */
  static <T> T naming(Path file, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(Reason.CONFIG_INVALID, file + ": " + e.getMessage(), e);
    }
  }

  public Reason reason() {
    return reason;
  }
}

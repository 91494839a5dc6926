package dev.cairn.gguf;

/** Files that are not a whole and well-formed GGUF model, and why. Its message names the file. */
public final class GgufException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** It does not begin as GGUF does; it may be a pointer that Git LFS left in its place. */
    NOT_GGUF,
    /** It is of another version, or big-endian. */
    VERSION_UNSUPPORTED,
    /** The file ends before its header or its tensors do. */
    TRUNCATED,
    /** The header is longer than is read. */
    HEADER_TOO_LARGE,
    /** The header is not of the form that the format asks for. */
    MALFORMED,
    /** Shapes and places of the tensors do not fit each other. */
    LAYOUT_INVALID,
    /** A tensor's numbers are packed in a format that is not one of {@link GgufType}. */
    TYPE_UNSUPPORTED,
    /** A key that was asked for is not there. */
    KEY_MISSING,
    /** A key has a value of another kind than was asked for. */
    KEY_INVALID,
    /** A tensor that was asked for is not there. */
    TENSOR_MISSING,
    /** There is no file of this kind at the path, or more than one model. */
    MODEL_NOT_CHOSEN,
    /** The parts of a model are not all there, or not parts of one model. */
    PARTS_INVALID
  }

  private final Reason reason;

  public GgufException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

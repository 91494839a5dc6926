package dev.cairn.problem;

import org.jspecify.annotations.Nullable;

/** An error that a caller sees: a stable code, and a sentence that says what to do. */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ProblemCode code;
  private final String detail;
  private final @Nullable String field;

  public Problem(ProblemCode code, String detail) {
    this(code, detail, (String) null);
  }

  /**
   * @param field of the request that is at fault, as the caller named it
   */
  public Problem(ProblemCode code, String detail, @Nullable String field) {
    super(detail);
    this.code = code;
    this.detail = detail;
    this.field = field;
  }

  public Problem(ProblemCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
    this.detail = detail;
    this.field = null;
  }

  /** A field of the request that cannot be taken as it is. */
  public static Problem ofField(String field, String detail) {
    return new Problem(ProblemCode.INVALID_REQUEST, detail, field);
  }

  public ProblemCode code() {
    return code;
  }

  /** The sentence for the caller. */
  public String detail() {
    return detail;
  }

  /** The field of the request that is at fault, when it is one. */
  @Nullable String field() {
    return field;
  }
}

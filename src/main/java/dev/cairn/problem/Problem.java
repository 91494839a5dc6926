package dev.cairn.problem;

/** An error that a caller sees: a stable code, and a sentence that says what to do. */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ProblemCode code;
  private final String detail;

  public Problem(ProblemCode code, String detail) {
    super(detail);
    this.code = code;
    this.detail = detail;
  }

  public Problem(ProblemCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
    this.detail = detail;
  }

  public ProblemCode code() {
    return code;
  }

  /** The sentence for the caller. */
  public String detail() {
    return detail;
  }
}

package dev.cairn.problem;

/** An error that a caller sees: a stable code, and a sentence that says what to do. */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ProblemCode code;

  public Problem(ProblemCode code, String detail) {
    super(detail);
    this.code = code;
  }

  public Problem(ProblemCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  public ProblemCode code() {
    return code;
  }
}

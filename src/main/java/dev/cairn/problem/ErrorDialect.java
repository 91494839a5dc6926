package dev.cairn.problem;

import org.springframework.http.ProblemDetail;

/** The form that errors have under a part of the paths, where it is not that of problem details. */
public interface ErrorDialect {

  /**
   * @param path of a request, see {@link RequestPath}
   */
  boolean isSpokenAt(String path);

  /** A sentence that names the paths that there are. */
  String paths();

  /** The problem as it is written in JSON. */
  Object say(ProblemDetail problem);
}

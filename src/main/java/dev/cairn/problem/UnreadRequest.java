package dev.cairn.problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** The problem of a request that came to no controller. */
final class UnreadRequest {

  /** What may be wrong with an address. */
  static final String ADDRESS =
      "The address cannot be read: write what is no plain character in a path or a query as its"
          + " UTF-8 bytes, each %XX, and none that is a control character or a backslash.";

  private UnreadRequest() {}

  static ProblemDetail problem(int status) {
    HttpStatusCode code = HttpStatusCode.valueOf(status);
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(code, detail(code));
    problem.setProperty("code", ProblemCode.of(code).json());
    return problem;
  }

  private static String detail(HttpStatusCode status) {
    return switch (HttpStatus.resolve(status.value())) {
      case BAD_REQUEST -> ADDRESS + " Check its headers, too.";
      case NOT_FOUND -> "There is nothing at this address: see /v3/api-docs.";
      case REQUEST_HEADER_FIELDS_TOO_LARGE -> "The headers are too long: send fewer.";
      case NOT_IMPLEMENTED -> "The transfer encoding is not known: send the body without one.";
      case null, default ->
          status.is5xxServerError()
              ? "Something went wrong here. The log of the service has the cause."
              : "The request cannot be read: check its first line and its headers.";
    };
  }
}

package dev.cairn.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The stable codes of errors, with the HTTP status of each. */
public enum ProblemCode {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST),
  UNSUPPORTED_PARAMETER(HttpStatus.BAD_REQUEST),
  SEVERAL_FILES(HttpStatus.BAD_REQUEST),
  NOT_FOUND(HttpStatus.NOT_FOUND),
  CORPUS_NOT_FOUND(HttpStatus.NOT_FOUND),
  DOCUMENT_NOT_FOUND(HttpStatus.NOT_FOUND),
  ANSWER_NOT_FOUND(HttpStatus.NOT_FOUND),
  CORPUS_EMPTY(HttpStatus.CONFLICT),
  CORPUS_NOT_READY(HttpStatus.CONFLICT),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
  CONFLICT(HttpStatus.CONFLICT),
  DELETED_MEANWHILE(HttpStatus.CONFLICT),
  DOCUMENT_DELETED(HttpStatus.GONE),
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
  UNSUPPORTED_FORMAT(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
  UNSUPPORTED_ENCODING(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
  NO_TEXT(HttpStatus.UNPROCESSABLE_CONTENT),
  ENCRYPTED(HttpStatus.UNPROCESSABLE_CONTENT),
  QUESTION_TOO_LONG(HttpStatus.UNPROCESSABLE_CONTENT),
  FORBIDDEN_ORIGIN(HttpStatus.FORBIDDEN),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR),
  RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS),
  OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE),
  MODEL_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
  DEADLINE_EXCEEDED(HttpStatus.GATEWAY_TIMEOUT),
  DISK_FULL(HttpStatus.INSUFFICIENT_STORAGE);

  private final HttpStatus status;

  ProblemCode(HttpStatus status) {
    this.status = status;
  }

  public HttpStatus status() {
    return status;
  }

  /** The code of an error that the framework found, by its status. */
  static ProblemCode of(HttpStatusCode status) {
    return switch (HttpStatus.resolve(status.value())) {
      case NOT_FOUND -> NOT_FOUND;
      case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
      case NOT_ACCEPTABLE -> NOT_ACCEPTABLE;
      case CONTENT_TOO_LARGE -> TOO_LARGE;
      case UNSUPPORTED_MEDIA_TYPE -> UNSUPPORTED_FORMAT;
      case SERVICE_UNAVAILABLE -> OVERLOADED;
      case null, default -> status.is4xxClientError() ? INVALID_REQUEST : INTERNAL;
    };
  }

  /** The same request may succeed a little later. */
  boolean isTemporary() {
    return this == DELETED_MEANWHILE
        || status == HttpStatus.SERVICE_UNAVAILABLE
        || status == HttpStatus.TOO_MANY_REQUESTS;
  }

  /** As it stands in JSON: lower case with underscores. */
  public String json() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.cairn.problem;

import org.springframework.http.HttpStatus;

/** The stable codes of errors, with the HTTP status of each. */
public enum ProblemCode {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST),
  CORPUS_NOT_FOUND(HttpStatus.NOT_FOUND),
  DOCUMENT_NOT_FOUND(HttpStatus.NOT_FOUND),
  ANSWER_NOT_FOUND(HttpStatus.NOT_FOUND),
  CORPUS_EMPTY(HttpStatus.CONFLICT),
  CORPUS_NOT_READY(HttpStatus.CONFLICT),
  CONFLICT(HttpStatus.CONFLICT),
  DOCUMENT_DELETED(HttpStatus.GONE),
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
  UNSUPPORTED_FORMAT(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
  NO_TEXT(HttpStatus.UNPROCESSABLE_CONTENT),
  ENCRYPTED(HttpStatus.UNPROCESSABLE_CONTENT),
  QUESTION_TOO_LONG(HttpStatus.UNPROCESSABLE_CONTENT),
  FORBIDDEN_ORIGIN(HttpStatus.FORBIDDEN),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR),
  OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE),
  MODEL_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
  DISK_FULL(HttpStatus.INSUFFICIENT_STORAGE);

  private final HttpStatus status;

  ProblemCode(HttpStatus status) {
    this.status = status;
  }

  public HttpStatus status() {
    return status;
  }

  /** As it stands in JSON: lower case with underscores. */
  public String json() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

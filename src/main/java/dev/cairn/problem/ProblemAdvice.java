package dev.cairn.problem;

import jakarta.servlet.MultipartConfigElement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.databind.DatabindException;

/** Renders every error as an RFC 9457 problem with a code and a sentence that says what to do. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_SECONDS = "5";

  private final MultipartConfigElement multipart;

  ProblemAdvice(MultipartConfigElement multipart) {
    this.multipart = multipart;
  }

  @ExceptionHandler
  ResponseEntity<Object> problem(Problem problem) {
    return render(problem.code(), problem.detail(), problem.field(), HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Object> brokenMultipart(MultipartException exception) {
    return DiskFull.causes(exception)
        ? diskFull()
        : render(
            ProblemCode.INVALID_REQUEST,
            "The body is not a whole multipart form: send it again as multipart/form-data.",
            HttpHeaders.EMPTY);
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class
  })
  ResponseEntity<Object> noDatabase(Exception exception) {
    LOG.warn("The database cannot be reached", exception);
    return render(
        ProblemCode.OVERLOADED,
        "The database cannot be reached: try again in a moment.",
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> anythingElse(Exception exception) {
    if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
      return null;
    }
    if (DiskFull.causes(exception)) {
      LOG.error("The disk is full", exception);
      return diskFull();
    }
    String id = UUID.randomUUID().toString();
    LOG.error("A request failed; the caller was told the id {}", id, exception);
    return render(
        ProblemCode.INTERNAL,
        "Something went wrong here. The log of the service has the cause under %s.".formatted(id),
        HttpHeaders.EMPTY);
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String fields =
        exception.getFieldErrors().stream()
            .map(error -> error.getField() + " " + error.getDefaultMessage())
            .sorted()
            .collect(Collectors.joining("; "));
    return render(ProblemCode.INVALID_REQUEST, "Correct these: " + fields + ".", headers);
  }

  @Override
  protected ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String parameters =
        exception.getParameterValidationResults().stream()
            .map(
                result ->
                    result.getMethodParameter().getParameterName()
                        + " "
                        + messages(result.getResolvableErrors()))
            .collect(Collectors.joining("; "));
    return render(ProblemCode.INVALID_REQUEST, "Correct these: " + parameters + ".", headers);
  }

  private static String messages(List<MessageSourceResolvable> errors) {
    return errors.stream()
        .map(MessageSourceResolvable::getDefaultMessage)
        .collect(Collectors.joining(", "));
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (exception.getCause() instanceof DatabindException cause && !cause.getPath().isEmpty()) {
      String field = cause.getPath().getLast().getPropertyName();
      return render(
          ProblemCode.INVALID_REQUEST,
          "The field %s cannot be read: see /v3/api-docs for its type.".formatted(field),
          field,
          headers);
    }
    return render(
        ProblemCode.INVALID_REQUEST, "The body cannot be read as JSON: check its syntax.", headers);
  }

  @Override
  protected ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String name =
        exception instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : exception.getPropertyName();
    return render(
        ProblemCode.INVALID_REQUEST,
        "%s has not the form that it should have: see /v3/api-docs.".formatted(name),
        headers);
  }

  @Override
  protected ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return render(
        ProblemCode.TOO_LARGE,
        "An uploaded file has at most %d bytes (cairn.ingest.upload-limit): split it."
            .formatted(multipart.getMaxFileSize()),
        headers);
  }

  /** What the framework says of a request is meant for its caller, and is kept. */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception exception,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail =
        exception instanceof ErrorResponse response ? response.getBody().getDetail() : null;
    return render(
        ProblemCode.of(status), detail == null ? "The request is not valid." : detail, headers);
  }

  private static ResponseEntity<Object> diskFull() {
    return render(
        ProblemCode.DISK_FULL,
        "The disk of the service is full: delete documents or give it more room.",
        HttpHeaders.EMPTY);
  }

  private static ResponseEntity<Object> render(
      ProblemCode code, String detail, HttpHeaders headers) {
    return render(code, detail, null, headers);
  }

  private static ResponseEntity<Object> render(
      ProblemCode code, String detail, @Nullable String field, HttpHeaders headers) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(code.status(), detail);
    body.setProperty("code", code.json());
    if (field != null) {
      body.setProperty("field", field);
    }
    ResponseEntity.BodyBuilder response =
        ResponseEntity.status(code.status())
            .headers(headers)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (code.isTemporary()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return response.body(body);
  }
}

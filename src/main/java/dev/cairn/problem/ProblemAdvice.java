package dev.cairn.problem;

import jakarta.servlet.MultipartConfigElement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.ObjectProvider;
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
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/** Renders every error as an RFC 9457 problem with a code and a sentence that says what to do. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_SECONDS = "5";

  private final MultipartConfigElement multipart;
  private final ObjectProvider<ErrorDialect> dialects;

  ProblemAdvice(MultipartConfigElement multipart, ObjectProvider<ErrorDialect> dialects) {
    this.multipart = multipart;
    this.dialects = dialects;
  }

  @ExceptionHandler
  ResponseEntity<Object> problem(Problem problem) {
    return render(problem.code(), problem.detail(), problem.field(), HttpHeaders.EMPTY);
  }

  /** Thrown when a parameter is first asked for. */
  @ExceptionHandler
  ResponseEntity<Object> unreadableParameter(InvalidParameterException exception) {
    return render(ProblemCode.INVALID_REQUEST, UnreadRequest.ADDRESS, HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Object> brokenMultipart(MultipartException exception) {
    return DiskFull.causes(exception)
        ? diskFull(exception)
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
    if (DiskFull.causes(exception)) {
      return diskFull(exception);
    }
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
      return diskFull(exception);
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
    Problem problem = UnreadBody.problem(exception);
    return render(problem.code(), problem.detail(), problem.field(), headers);
  }

  @Override
  protected ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String path = RequestPath.of(((ServletWebRequest) request).getRequest());
    String paths =
        dialects
            .orderedStream()
            .filter(dialect -> dialect.isSpokenAt(path))
            .map(ErrorDialect::paths)
            .findFirst()
            .orElse("The API is under /api/v1, and described at /v3/api-docs.");
    return render(
        ProblemCode.NOT_FOUND, "There is nothing at %s. %s".formatted(path, paths), headers);
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
        "%s must be %s.".formatted(name, ExpectedForm.of(exception.getRequiredType())),
        name,
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

  /** What the framework says of a request, but not of a bug, is meant for its caller. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception exception,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (ProblemCode.of(status) == ProblemCode.INTERNAL) {
      return anythingElse(exception);
    }
    String detail =
        exception instanceof ErrorResponse response ? response.getBody().getDetail() : null;
    return render(
        ProblemCode.of(status), detail == null ? "The request is not valid." : detail, headers);
  }

  private static ResponseEntity<Object> diskFull(Exception exception) {
    LOG.warn("The disk is full", exception);
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

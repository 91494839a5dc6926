package dev.cairn.problem;

import java.io.EOFException;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/** The problem of a body that is not the JSON that it should be. */
final class UnreadBody {

  private UnreadBody() {}

  static Problem problem(HttpMessageNotReadableException exception) {
    if (isBrokenStream(exception.getRootCause())) {
      return invalid(
          "The body ended early or is no gzip stream: send it again, or without Content-Encoding.");
    }
    return switch (exception.getCause()) {
      case MismatchedInputException wrong -> wrongValue(wrong, wrong.getTargetType());
      case InputCoercionException wrong -> wrongValue(wrong, wrong.getTargetType());
      case JacksonException wrong when !wrong.getPath().isEmpty() -> wrongValue(wrong, null);
      case null -> invalid("The body is empty: send a JSON object.");
      default ->
          invalid(
              "The body cannot be read as JSON: check its syntax, and that no field stands twice.");
    };
  }

  private static boolean isBrokenStream(@Nullable Throwable cause) {
    return cause instanceof ZipException || cause instanceof EOFException;
  }

  private static Problem wrongValue(JacksonException wrong, @Nullable Class<?> type) {
    if (wrong.getPath().isEmpty()) {
      return invalid("The body must be a JSON object.");
    }
    String field = field(wrong.getPath());
    return Problem.ofField(field, "%s must be %s.".formatted(field, ExpectedForm.of(type)));
  }

  /** Like {@code messages[1].role}. */
  private static String field(List<JacksonException.Reference> path) {
    StringBuilder field = new StringBuilder();
    for (JacksonException.Reference step : path) {
      if (step.getPropertyName() == null) {
        field.append('[').append(step.getIndex()).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return field.toString();
  }

  private static Problem invalid(String detail) {
    return new Problem(ProblemCode.INVALID_REQUEST, detail);
  }
}

package dev.cairn.openai;

import dev.cairn.answer.Answer;
import dev.cairn.problem.ProblemCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** An error in OpenAI's form. */
record OpenAiError(Body error) {

  /** The status under which OpenAI's clients look for {@link #TOO_LONG}. */
  static final int TOO_LONG_STATUS = 400;

  private static final String TOO_LONG = "context_length_exceeded";

  /**
   * @param type the kind of error, by its status
   * @param param the field at fault, when it is one
   * @param code as of a problem, but {@code model_not_found} where there is no such corpus and
   *     {@code context_length_exceeded} for a question that is too long
   */
  record Body(String message, String type, @Nullable String param, String code) {}

  /**
   * @param problemCode as JSON names it
   * @param field as the problem names it, in camelCase
   */
  static OpenAiError of(String problemCode, String detail, @Nullable String field) {
    ProblemCode code = ProblemCode.valueOf(problemCode.toUpperCase(Locale.ROOT));
    String param = field == null ? null : snakeCase(field);
    String message = field == null ? detail : detail.replace(field, snakeCase(field));
    return new OpenAiError(new Body(message, type(code.status()), param, name(code)));
  }

  static OpenAiError of(Answer.Failure failure) {
    return of(failure.code(), failure.detail(), null);
  }

  boolean isTooLongContext() {
    return error.code().equals(TOO_LONG);
  }

  private static String snakeCase(String name) {
    return switch (name) {
      case "question", "conversation" -> "messages";
      default -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    };
  }

  private static String name(ProblemCode code) {
    return switch (code) {
      case CORPUS_NOT_FOUND -> "model_not_found";
      case QUESTION_TOO_LONG -> TOO_LONG;
      default -> code.json();
    };
  }

  private static String type(HttpStatus status) {
    return switch (status) {
      case FORBIDDEN -> "permission_error";
      case TOO_MANY_REQUESTS -> "rate_limit_error";
      default -> status.is5xxServerError() ? "server_error" : "invalid_request_error";
    };
  }
}

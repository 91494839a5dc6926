package dev.cairn.openai;

import dev.cairn.problem.ErrorDialect;
import dev.cairn.problem.RequestPath;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Gives every problem under /v1 the form that OpenAI's clients read. */
@ControllerAdvice
final class OpenAiErrors implements ResponseBodyAdvice<Object>, ErrorDialect {

  @Override
  public boolean isSpokenAt(String path) {
    return path.equals("/v1") || path.startsWith("/v1/");
  }

  @Override
  public String paths() {
    return "Of OpenAI's API there are POST /v1/chat/completions, GET /v1/models and"
        + " GET /v1/models/{model}.";
  }

  @Override
  public OpenAiError say(ProblemDetail problem) {
    Map<String, Object> properties = Objects.requireNonNullElse(problem.getProperties(), Map.of());
    return OpenAiError.of(
        String.valueOf(properties.get("code")),
        String.valueOf(problem.getDetail()),
        (String) properties.get("field"));
  }

  @Override
  public boolean supports(
      MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returnType,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converterType,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (!(body instanceof ProblemDetail problem)
        || !(request instanceof ServletServerHttpRequest sent)
        || !isSpokenAt(RequestPath.of(sent.getServletRequest()))) {
      return body;
    }
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    OpenAiError error = say(problem);
    if (error.isTooLongContext()) {
      response.setStatusCode(HttpStatusCode.valueOf(OpenAiError.TOO_LONG_STATUS));
    }
    return error;
  }
}

package dev.cairn.access;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses a body that is packed in a way that is not undone here. {@link LimitBody} unpacks JSON;
 * the parts of a form are read by the web server, which unpacks nothing.
 */
@Component
class ContentCodingFilter extends OncePerRequestFilter {

  private final HandlerExceptionResolver errors;

  ContentCodingFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    List<String> codings =
        ContentCoding.names(Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
    if (codings.isEmpty() || (ContentCoding.isGzip(codings) && !isForm(request))) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader(HttpHeaders.ACCEPT_ENCODING, isForm(request) ? "identity" : "gzip");
    errors.resolveException(request, response, null, refusal(String.join(", ", codings)));
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  private static Problem refusal(String codings) {
    return new Problem(
        ProblemCode.UNSUPPORTED_ENCODING,
        ("The Content-Encoding %s is not understood here: send JSON as it is or with gzip, and"
                + " files as they are.")
            .formatted(codings));
  }
}

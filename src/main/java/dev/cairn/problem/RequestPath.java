package dev.cairn.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/** What a request asked for. */
public final class RequestPath {

  private RequestPath() {}

  /** The path as it was sent, without the prefix that a proxy put before it. */
  public static String of(HttpServletRequest request) {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = failed == null ? request.getRequestURI() : failed.toString();
    String prefix = Objects.requireNonNullElse(request.getContextPath(), "");
    return path == null ? "" : path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }
}

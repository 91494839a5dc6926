package dev.cairn.access;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses what another web site makes a browser send: there is no sign-in yet, so a page that the
 * user visits, or a name that it points at this machine, could otherwise read and change documents.
 */
@Component
@Order(ForeignRequestFilter.ORDER)
class ForeignRequestFilter extends OncePerRequestFilter {

  /** Before anything believes what a proxy, or somebody who claims to be one, says of the host. */
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final Set<String> READING_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> allowedHosts;
  private final boolean anyHost;
  private final HandlerExceptionResolver errors;

  ForeignRequestFilter(
      AccessSettings settings,
      ServerProperties server,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
    this.allowedHosts = settings.allowedHosts();
    this.anyHost =
        allowedHosts.isEmpty()
            && (server.getAddress() == null || !server.getAddress().isLoopbackAddress());
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (hostIsAllowed(request) && originIsOurs(request) && !isForeignChange(request)) {
      chain.doFilter(request, response);
      return;
    }
    errors.resolveException(
        request,
        response,
        null,
        new Problem(
            ProblemCode.FORBIDDEN_ORIGIN,
            "The request came through another web site or under another host name. Ask this service"
                + " under its own name, or add the name to cairn.access.allowed-hosts."));
  }

  private boolean hostIsAllowed(HttpServletRequest request) {
    return anyHost || isAllowed(request.getServerName());
  }

  private boolean isAllowed(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK_NAMES.contains(name) || allowedHosts.contains(name);
  }

  /** Another port of this machine is another origin; a proxy's own name has to be allowed. */
  private boolean originIsOurs(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      return true;
    }
    return CrossOrigins.isFrom(origin, allowedHosts) || isAsked(request, origin);
  }

  private static boolean isAsked(HttpServletRequest request, String origin) {
    try {
      URI from = URI.create(origin);
      return from.getHost() != null
          && from.getAuthority().equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A page that says its origin was let through by that. */
  private static boolean isForeignChange(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.ORIGIN) == null
        && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
        && !READING_METHODS.contains(request.getMethod());
  }
}

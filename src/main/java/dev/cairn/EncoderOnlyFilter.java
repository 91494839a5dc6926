package dev.cairn;

import dev.cairn.job.RoleSettings;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** In a process without the role api, only what probes and monitoring ask for is there. */
@Component
class EncoderOnlyFilter extends OncePerRequestFilter {

  private static final String OF_OPERATORS = "/actuator/";

  private final RoleSettings roles;
  private final HandlerExceptionResolver errors;

  EncoderOnlyFilter(
      RoleSettings roles, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
    this.roles = roles;
    this.errors = errors;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return roles.answers() || request.getServletPath().startsWith(OF_OPERATORS);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
    errors.resolveException(
        request,
        response,
        null,
        new Problem(
            ProblemCode.NOT_FOUND,
            "This process only encodes (cairn.roles): ask one that has the role api."));
  }
}

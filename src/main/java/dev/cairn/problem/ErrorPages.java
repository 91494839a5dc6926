package dev.cairn.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Problems of requests that fail before a controller has them, or outside of any. */
@Hidden
@RestController
class ErrorPages implements ErrorController {

  private static final int NOT_FOUND = 404;

  /** What the web server sent here, or a caller who asked for this very path. */
  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer failed
            ? failed
            : NOT_FOUND;
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(UnreadRequest.problem(status));
  }

  /** Has {@link ReportProblem} report what the web server refuses. */
  @Component
  static final class Reporting
      implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ObjectProvider<ErrorDialect> dialects;
    private final JsonMapper json;

    Reporting(ObjectProvider<ErrorDialect> dialects, JsonMapper json) {
      this.dialects = dialects;
      this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
      tomcat.addContextCustomizers(
          context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.getPipeline().addValve(new ReportProblem(dialects.orderedStream().toList(), json));
            // Else the host would add a valve of its own, nearer to the request than this one.
            host.setErrorReportValveClass(ReportProblem.class.getName());
          });
    }
  }
}

package dev.cairn.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Tells a problem where the web server itself refuses a request, in place of a page of HTML. */
final class ReportProblem extends ErrorReportValve {

  private final List<ErrorDialect> dialects;
  private final JsonMapper json;

  ReportProblem(List<ErrorDialect> dialects, JsonMapper json) {
    this.dialects = dialects;
    this.json = json;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST
        && response.getContentWritten() == 0
        && response.setErrorReported()
        && canBeWritten(response)) {
      write(request, response);
    }
  }

  private static boolean canBeWritten(Response response) {
    AtomicBoolean allowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
    return allowed.get();
  }

  private void write(Request request, Response response) {
    ProblemDetail problem = UnreadRequest.problem(response.getStatus());
    String path = RequestPath.of(request);
    ErrorDialect dialect =
        dialects.stream().filter(each -> each.isSpokenAt(path)).findFirst().orElse(null);
    response.setContentType(
        dialect == null
            ? MediaType.APPLICATION_PROBLEM_JSON_VALUE
            : MediaType.APPLICATION_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    send(response, json.writeValueAsString(dialect == null ? problem : dialect.say(problem)));
  }

  private static void send(Response response, String body) {
    try {
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(body);
        response.finishResponse();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.cairn.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A response of server-sent events, which begins with the first. */
public final class ServerSentEvents {

  private final HttpServletResponse response;

  public ServerSentEvents(HttpServletResponse response) {
    this.response = response;
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Accel-Buffering", "no");
  }

  /**
   * @param event with the empty line that ends it
   */
  public void send(String event) throws IOException {
    response.getOutputStream().write(event.getBytes(StandardCharsets.UTF_8));
    response.getOutputStream().flush();
  }

  /** What a client passes over. */
  public void comment() throws IOException {
    send(":\n\n");
  }
}

package dev.cairn.answer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes the events of one answer as server-sent events, each at once. */
final class EventWriter {

  private final UUID answer;
  private final JsonMapper json;
  private final OutputStream out;

  EventWriter(UUID answer, JsonMapper json, HttpServletResponse response) throws IOException {
    this.answer = answer;
    this.json = json;
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(HttpHeaders.LOCATION, "/api/v1/answers/" + answer);
    response.setHeader("X-Accel-Buffering", "no");
    this.out = response.getOutputStream();
  }

  void write(StreamEvent event) throws IOException {
    send(
        "event: %s\nid: %s:%d\ndata: %s\n\n"
            .formatted(
                event.name(), answer, event.number(), json.writeValueAsString(event.data())));
  }

  /** A comment, so that the connection is not taken for dead. */
  void heartbeat() throws IOException {
    send(":\n\n");
  }

  /** The last event of a stream that the client is to take up again; it has no place of its own. */
  void reconnect() throws IOException {
    send("event: reconnect\ndata: {}\n\n");
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}

package dev.cairn.web;

import dev.cairn.answer.Answer;
import dev.cairn.stream.StreamEvent;
import dev.cairn.stream.StreamWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** Writes the events of one answer as server-sent events, each at once. */
final class EventWriter implements StreamWriter {

  private final UUID answer;
  private final JsonMapper json;
  private final ServerSentEvents out;

  EventWriter(UUID answer, JsonMapper json, HttpServletResponse response) {
    this.answer = answer;
    this.json = json;
    this.out = new ServerSentEvents(response);
    response.setHeader(HttpHeaders.LOCATION, OwnAddress.of("/api/v1/answers/" + answer).toString());
  }

  @Override
  public void write(StreamEvent event) throws IOException {
    out.send(
        "event: %s\nid: %s:%d\ndata: %s\n\n"
            .formatted(
                event.name(), answer, event.number(), json.writeValueAsString(view(event.data()))));
  }

  private static Object view(Object data) {
    return data instanceof Answer answer ? AnswerView.of(answer) : data;
  }

  @Override
  public void heartbeat() throws IOException {
    out.comment();
  }

  /** The last event; it has no place of its own. */
  @Override
  public void reconnect() throws IOException {
    out.send("event: reconnect\ndata: {}\n\n");
  }
}

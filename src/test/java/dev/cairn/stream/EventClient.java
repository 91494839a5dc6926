package dev.cairn.stream;

import dev.cairn.CairnHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events from a socket, and leaves when it likes. */
public final class EventClient {

  private static final JsonMapper JSON = new JsonMapper();

  private final CairnHttp http;

  public EventClient(CairnHttp http) {
    this.http = http;
  }

  /** One event. */
  record Event(String name, String id, JsonNode data) {

    String answerId() {
      return id.substring(0, id.indexOf(':'));
    }

    long number() {
      return Long.parseLong(id.substring(id.indexOf(':') + 1));
    }
  }

  /** Asks, reads so many events and leaves. */
  public List<Event> ask(String corpus, String question, int events) {
    return read(
        """
        POST /api/v1/corpora/%s/questions HTTP/1.1\r
        Host: localhost\r
        Accept: text/event-stream\r
        Content-Type: application/json\r
        Content-Length: %d\r
        Connection: close\r
        \r
        %s\
        """
            .formatted(corpus, question.length(), question),
        events);
  }

  /** Reads on behind an event, so many events, and leaves. */
  List<Event> resume(Event last, int events) {
    return read(
        """
        GET /api/v1/answers/%s HTTP/1.1\r
        Host: localhost\r
        Accept: text/event-stream\r
        Last-Event-ID: %s\r
        Connection: close\r
        \r
        """
            .formatted(last.answerId(), last.id()),
        events);
  }

  static String text(List<Event> events) {
    StringBuilder text = new StringBuilder();
    events.stream()
        .filter(event -> event.name().equals("token"))
        .forEach(event -> text.append(event.data().path("text").asString()));
    return text.toString();
  }

  private List<Event> read(String request, int limit) {
    try (Socket socket = new Socket("localhost", http.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      List<Event> events = new ArrayList<>();
      String line = lines.readLine();
      while (line != null && events.size() < limit) {
        if (line.startsWith("event: ")) {
          events.add(event(line, lines.readLine(), lines.readLine()));
        }
        line = events.size() < limit ? lines.readLine() : null;
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Event event(String name, String id, String data) {
    return new Event(
        value(name, "event: "), value(id, "id: "), JSON.readTree(value(data, "data: ")));
  }

  private static String value(String line, String field) {
    if (!line.startsWith(field)) {
      throw new IllegalStateException("expected " + field + ", not " + line);
    }
    return line.substring(field.length());
  }
}

package dev.cairn.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.client.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Answers each path with a fixed response and keeps what it was sent. */
final class FakeServer implements AutoCloseable {

  /** A document that can be asked, as a server tells of it. */
  static final String READY_DOCUMENT =
      """
      {"id":"01890a5d-ac96-774b-bcce-b302099a8057","sha256":"0","mediaType":"text/plain",
       "bytes":5,"state":"READY","stage":"ready","percent":100,"characters":5,"tokens":5,
       "chunks":1,"bytesStored":9,"createdAt":"2026-01-01T00:00:00Z"}
      """;

  record Request(String method, String path, String contentType, byte[] body) {

    JsonNode json() {
      return Server.JSON.readTree(body);
    }
  }

  private record Response(int status, String body) {}

  private final Map<String, Response> responses = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  FakeServer on(String path, int status, String body) {
    responses.put(path, new Response(status, body));
    return this;
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  List<Request> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestBody().readAllBytes()));
    Response response =
        responses.getOrDefault(exchange.getRequestURI().toString(), new Response(404, "{}"));
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}

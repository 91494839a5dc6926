package dev.cairn;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the running service over HTTP. */
@TestComponent
public class CairnHttp {

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper mapper = new JsonMapper();
  private final Environment environment;

  public CairnHttp(Environment environment) {
    this.environment = environment;
  }

  /**
   * What came back.
   *
   * @param body when it is JSON; else a missing node
   */
  public record Answer(int status, JsonNode body, HttpResponse<String> response) {

    /** The code of a problem. */
    public String code() {
      return body.path("code").asString();
    }
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public Answer put(String path) {
    return send("PUT", path, BodyPublishers.noBody());
  }

  public Answer post(String path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  public Answer postJson(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json), "content-type", "application/json");
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /**
   * @param headers names and values by turns
   */
  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response), response);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public URI uri(String path) {
    return URI.create("http://localhost:%s%s".formatted(port(), path));
  }

  public int port() {
    return environment.getRequiredProperty("local.server.port", Integer.class);
  }

  private JsonNode json(HttpResponse<String> response) {
    String type = response.headers().firstValue("content-type").orElse("");
    return type.contains("json") ? mapper.readTree(response.body()) : mapper.missingNode();
  }
}

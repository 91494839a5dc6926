package dev.cairn.client;

import dev.cairn.catalogue.DocumentStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Cairn server, reached over its HTTP API. Used by one thread. Not with Spring's RestClient: its
 * classes make each command a sixth slower, 0.3 s on two busy cores.
 */
public final class Server {

  public static final JsonMapper JSON = JsonMapper.shared();

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final URI address;
  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  public Server(URI address) {
    this.address = address;
    this.base = address.toString().replaceAll("/+$", "") + "/api/v1/";
  }

  public URI address() {
    return address;
  }

  /** True when a Cairn server answers at the address. */
  public boolean answers() {
    try {
      return get("corpora?limit=1").has("items");
    } catch (ServerUnreachableException | ServerProblemException e) {
      return false;
    }
  }

  public DocumentStatus document(String id) {
    return JSON.treeToValue(get("documents/%s", id), DocumentStatus.class);
  }

  /** All items of a list, page by page. */
  public List<JsonNode> list(String path, Object... names) {
    var items = new ArrayList<JsonNode>();
    JsonNode page = get(path + "?limit=200", names);
    page.path("items").forEach(items::add);
    while (page.path("cursor").isString()) {
      page = get(path + "?limit=200&cursor=%s", append(names, page.path("cursor").asString()));
      page.path("items").forEach(items::add);
    }
    return items;
  }

  public JsonNode get(String path, Object... names) {
    return send(request(path, names).GET().build());
  }

  public JsonNode put(String path, Object... names) {
    return send(request(path, names).PUT(BodyPublishers.noBody()).build());
  }

  /** A request without a body. */
  public JsonNode post(String path, Object... names) {
    return send(request(path, names).POST(BodyPublishers.noBody()).build());
  }

  public void delete(String path, Object... names) {
    send(request(path, names).DELETE().build());
  }

  public JsonNode post(Map<String, Object> body, String path, Object... names) {
    return send(
        request(path, names)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  /**
   * Uploads a file as it lies on the disk.
   *
   * @param title null for the file's name
   * @param sent told how many of its bytes were sent so far
   */
  public JsonNode upload(String corpus, Path file, @Nullable String title, LongConsumer sent)
      throws IOException {
    String name = file.getFileName().toString();
    var form = new MultipartForm(file, Objects.requireNonNullElse(title, name), sent);
    return send(
        request("corpora/%s/documents", corpus)
            .header("Content-Type", form.contentType())
            .expectContinue(true)
            .POST(form.body())
            .build());
  }

  private static Object[] append(Object[] names, String last) {
    Object[] all = Arrays.copyOf(names, names.length + 1);
    all[names.length] = last;
    return all;
  }

  private HttpRequest.Builder request(String path, Object... names) {
    Object[] encoded = new Object[names.length];
    for (int i = 0; i < names.length; i++) {
      encoded[i] =
          URLEncoder.encode(names[i].toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }
    return HttpRequest.newBuilder(URI.create(base + path.formatted(encoded)))
        .header("Accept", "application/json, application/problem+json");
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() >= 400) {
        throw problem(response);
      }
      return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new ServerUnreachableException(address, e);
    } catch (JacksonException e) {
      throw noAnswer("what it sent is no JSON", e);
    } catch (IOException e) {
      throw noAnswer(Objects.requireNonNullElse(e.getMessage(), "the connection broke"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerProblemException("interrupted", "Interrupted while waiting for the server.");
    }
  }

  private ServerProblemException noAnswer(String reason, Exception cause) {
    var problem =
        new ServerProblemException(
            ServerProblemException.NO_ANSWER,
            "%s did not answer as a Cairn server does: %s. See what runs there."
                .formatted(address, reason));
    problem.initCause(cause);
    return problem;
  }

  private static ServerProblemException problem(HttpResponse<String> response) {
    String status = "status " + response.statusCode();
    try {
      JsonNode problem = JSON.readTree(response.body());
      return new ServerProblemException(
          problem.path("code").asString(status),
          problem.path("detail").asString(problem.path("title").asString(status)));
    } catch (JacksonException e) {
      return new ServerProblemException(status, "The server refused the request.");
    }
  }
}

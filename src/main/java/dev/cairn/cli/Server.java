package dev.cairn.cli;

import dev.cairn.catalogue.DocumentStatus;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Cairn server, reached over its HTTP API. Used by one thread. Not with Spring's RestClient: its
 * classes make each command a sixth slower, 0.3 s on two busy cores.
 */
final class Server {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final String ACCEPTED = "application/json, application/problem+json";

  private final URI address;
  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /** One request and its answer. */
  private interface Exchange {

    JsonNode run() throws IOException, InterruptedException;
  }

  Server(URI address) {
    this.address = address;
    this.base = address.toString().replaceAll("/+$", "") + "/api/v1/";
  }

  URI address() {
    return address;
  }

  /** True when a Cairn server answers at the address. */
  boolean answers() {
    try {
      return get("corpora?limit=1").has("items");
    } catch (ServerUnreachableException | ServerProblemException e) {
      return false;
    }
  }

  DocumentStatus document(String id) {
    return JSON.treeToValue(get("documents/%s", id), DocumentStatus.class);
  }

  /** All items of a list, page by page. */
  List<JsonNode> list(String path, Object... names) {
    var items = new ArrayList<JsonNode>();
    JsonNode page = get(path + "?limit=200", names);
    page.path("items").forEach(items::add);
    while (page.path("cursor").isString()) {
      page = get(path + "?limit=200&cursor=%s", append(names, page.path("cursor").asString()));
      page.path("items").forEach(items::add);
    }
    return items;
  }

  JsonNode get(String path, Object... names) {
    return send(request(path, names).GET().build());
  }

  void delete(String path, Object... names) {
    send(request(path, names).DELETE().build());
  }

  JsonNode post(Map<String, Object> body, String path, Object... names) {
    return send(
        request(path, names)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  /**
   * Uploads a file as it lies on the disk.
   *
   * @param title null for what the server makes of the file's name
   * @param sent told how many of its bytes were sent so far
   */
  JsonNode upload(String corpus, Path file, @Nullable String title, LongConsumer sent) {
    var form = new LinkedMultiValueMap<String, Object>();
    if (title != null) {
      form.add("title", title);
    }
    form.add("file", new SentFile(file, sent).part());
    return exchange(() -> send(form, uri("corpora/%s/documents", corpus)));
  }

  /** As multipart/form-data, never whole in memory. */
  private JsonNode send(MultiValueMap<String, Object> form, URI uri) throws IOException {
    ClientHttpRequest request =
        new JdkClientHttpRequestFactory(client).createRequest(uri, HttpMethod.POST);
    request.getHeaders().set("Accept", ACCEPTED);
    new FormHttpMessageConverter().write(form, MediaType.MULTIPART_FORM_DATA, request);
    try (ClientHttpResponse response = request.execute()) {
      return read(response.getStatusCode().value(), response.getBody());
    }
  }

  private static Object[] append(Object[] names, String last) {
    Object[] all = Arrays.copyOf(names, names.length + 1);
    all[names.length] = last;
    return all;
  }

  private HttpRequest.Builder request(String path, Object... names) {
    return HttpRequest.newBuilder(uri(path, names)).header("Accept", ACCEPTED);
  }

  private URI uri(String path, Object... names) {
    Object[] encoded =
        Arrays.stream(names)
            .map(name -> URLEncoder.encode(name.toString(), StandardCharsets.UTF_8))
            .map(name -> name.replace("+", "%20"))
            .toArray();
    return URI.create(base + path.formatted(encoded));
  }

  private JsonNode send(HttpRequest request) {
    return exchange(
        () -> {
          HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
          return read(response.statusCode(), response.body());
        });
  }

  private JsonNode exchange(Exchange exchange) {
    try {
      return exchange.run();
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new ServerUnreachableException(address, e);
    } catch (IOException | JacksonException e) {
      throw new ServerProblemException(
          "no_answer", "%s did not answer as a Cairn server does: %s".formatted(address, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerProblemException("interrupted", "Interrupted while waiting for the server.");
    }
  }

  private static JsonNode read(int status, InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    if (status >= 400) {
      throw problem("status " + status, bytes);
    }
    return bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes);
  }

  private static ServerProblemException problem(String status, byte[] body) {
    try {
      JsonNode problem = JSON.readTree(body);
      return new ServerProblemException(
          problem.path("code").asString(status),
          problem.path("detail").asString(problem.path("title").asString(status)));
    } catch (JacksonException e) {
      return new ServerProblemException(status, "The server refused the request.");
    }
  }
}

package dev.cairn.ingest;

import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Sends files as curl does and waits for what becomes of them. */
public final class Uploading {

  private static final String BOUNDARY = "cairn-test-boundary";
  private static final Set<String> ENDS = Set.of("ready", "failed");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CairnHttp http;

  public Uploading(CairnHttp http) {
    this.http = http;
  }

  CairnHttp.Answer send(String corpus, String name, String text) {
    return send(corpus, name, text.getBytes(StandardCharsets.UTF_8));
  }

  CairnHttp.Answer send(String corpus, String name, byte[] content, String... fields) {
    return sendPart(
        corpus, "form-data; name=\"file\"; filename=\"%s\"".formatted(name), content, fields);
  }

  /**
   * @param headers names and values by turns
   */
  public CairnHttp.Answer sendWith(String corpus, String name, String text, String... headers) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, named("file", name), text.getBytes(StandardCharsets.UTF_8));
    return post(corpus, body, headers);
  }

  /** Sends parts that are all files, of one text each, with names and file names by turns. */
  CairnHttp.Answer sendFiles(String corpus, String... names) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < names.length; i += 2) {
      part(body, named(names[i], names[i + 1]), names[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return post(corpus, body);
  }

  private static String named(String part, String file) {
    return "form-data; name=\"%s\"; filename=\"%s\"".formatted(part, file);
  }

  /**
   * @param fields names and values by turns
   */
  CairnHttp.Answer sendPart(String corpus, String disposition, byte[] content, String... fields) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, disposition, content);
    for (int i = 0; i < fields.length; i += 2) {
      byte[] value = fields[i + 1].getBytes(StandardCharsets.UTF_8);
      part(body, "form-data; name=\"" + fields[i] + "\"", value);
    }
    return post(corpus, body);
  }

  private CairnHttp.Answer post(String corpus, ByteArrayOutputStream parts, String... headers) {
    parts.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "content-type";
    all[headers.length + 1] = "multipart/form-data; boundary=" + BOUNDARY;
    return http.send(
        "POST",
        "/api/v1/corpora/%s/documents".formatted(corpus),
        BodyPublishers.ofByteArray(parts.toByteArray()),
        all);
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
    String head = "--%s\r\nContent-Disposition: %s\r\n\r\n".formatted(BOUNDARY, disposition);
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** The document once its stage is ready or failed. */
  JsonNode finished(String id) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> document(id), status -> ENDS.contains(status.path("stage").asString()));
  }

  JsonNode document(String id) {
    return http.get("/api/v1/documents/" + id).body();
  }

  /** Sends a file into a corpus and waits for its end. */
  public JsonNode finished(String corpus, String name, byte[] content) {
    return finished(send(corpus, name, content).body().path("id").asString());
  }

  /** The whole text of a short document. */
  String text(String id) {
    return http.get("/api/v1/documents/%s/text".formatted(id)).body().path("text").asString();
  }
}

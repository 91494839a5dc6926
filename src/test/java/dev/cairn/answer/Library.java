package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One corpus of the running service: uploads texts into it and asks it. */
final class Library {

  private static final JsonMapper JSON = new JsonMapper();

  private final CairnHttp http;
  private final String corpus;

  Library(CairnHttp http, String corpus) {
    this.http = http;
    this.corpus = corpus;
  }

  /** Uploads a text and waits until it is encoded. */
  String add(String fileName, String text) {
    String id = upload(fileName, text);
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> stage(id), "ready"::equals);
    return id;
  }

  String upload(String fileName, String text) {
    String boundary = UUID.randomUUID().toString();
    String body =
        """
        --%1$s\r
        Content-Disposition: form-data; name="file"; filename="%2$s"\r
        Content-Type: text/plain; charset=utf-8\r
        \r
        %3$s\r
        --%1$s--\r
        """
            .formatted(boundary, fileName, text);
    CairnHttp.Answer answer =
        http.send(
            "POST",
            "/api/v1/corpora/%s/documents".formatted(corpus),
            BodyPublishers.ofString(body, StandardCharsets.UTF_8),
            "content-type",
            "multipart/form-data; boundary=" + boundary);
    assertThat(answer.status()).isIn(200, 202);
    return answer.body().path("id").asString();
  }

  private String stage(String id) {
    return http.get("/api/v1/documents/" + id).body().path("stage").asString();
  }

  CairnHttp.Answer post(Map<String, Object> question) {
    return postJson(JSON.writeValueAsString(question));
  }

  CairnHttp.Answer postJson(String question) {
    return http.postJson("/api/v1/corpora/%s/questions".formatted(corpus), question);
  }

  /** Asks greedily and expects an answer. */
  JsonNode ask(String question, int maxTokens) {
    CairnHttp.Answer answer = post(Map.of("question", question, "maxTokens", maxTokens));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** A range of a document's text. */
  String text(String documentId, long start, long end) {
    return http.get("/api/v1/documents/%s/text?from=%d&to=%d".formatted(documentId, start, end))
        .body()
        .path("text")
        .asString();
  }
}

package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.ingest.Uploading;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One corpus of the running service: uploads texts into it and asks it. */
public final class Library {

  private static final JsonMapper JSON = new JsonMapper();

  private final CairnHttp http;
  private final String corpus;

  public Library(CairnHttp http, String corpus) {
    this.http = http;
    this.corpus = corpus;
  }

  /** Uploads a text, waits until it is encoded and returns its id. */
  public String add(String fileName, String text) {
    JsonNode document =
        new Uploading(http).finished(corpus, fileName, text.getBytes(StandardCharsets.UTF_8));
    assertThat(document.path("stage").asString()).as("%s", document).isEqualTo("ready");
    return document.path("id").asString();
  }

  public CairnHttp.Answer post(Map<String, Object> question) {
    return postJson(JSON.writeValueAsString(question));
  }

  public CairnHttp.Answer postJson(String question) {
    return http.postJson("/api/v1/corpora/%s/questions".formatted(corpus), question);
  }

  /** Asks greedily and expects an answer. */
  public JsonNode ask(String question, int maxTokens) {
    CairnHttp.Answer answer = post(Map.of("question", question, "maxTokens", maxTokens));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** A range of a document's text. */
  public String text(String documentId, long start, long end) {
    return http.get("/api/v1/documents/%s/text?from=%d&to=%d".formatted(documentId, start, end))
        .body()
        .path("text")
        .asString();
  }
}

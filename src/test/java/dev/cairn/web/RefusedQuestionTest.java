package dev.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Library;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What cannot be answered says why, and is never an internal error. */
@CairnTest
class RefusedQuestionTest {

  @Autowired private CairnHttp http;
  @Autowired private JdbcClient jdbc;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"question\":\"\"} | 400 | invalid_request | question is empty",
        "{\"question\":\" \\t \"} | 400 | invalid_request | question is empty",
        "{\"question\":\"\\u0000\"} | 400 | invalid_request | question is empty",
        "{} | 400 | invalid_request | question is empty",
        "{\"question\":null} | 400 | invalid_request | question is empty",
        "{\"question\":\"Who?\",\"top_p\":1,\"foo\":{}} | 400 | invalid_request | no field foo,"
            + " top_p",
        "{\"question\":{}} | 400 | invalid_request | question",
        "{\"question\":\"Who?\",\"maxTokens\":\"many\"} | 400 | invalid_request | maxTokens",
        "{\"question\":\"Who?\",\"maxTokens\":0} | 400 | invalid_request | maxTokens",
        "{\"question\":\"Who?\",\"maxTokens\":99999999999} | 400 | invalid_request | maxTokens"
            + " must be from 1 to",
        "{\"question\":\"Who?\",\"maxTokens\":2147483648} | 400 | invalid_request | maxTokens"
            + " must be from 1 to",
        "{\"question\":\"Who?\",\"maxTokens\":-2147483649} | 400 | invalid_request | maxTokens"
            + " must be from 1 to",
        "{\"question\":\"Who?\",\"maxTokens\":30.5} | 400 | invalid_request | maxTokens must be a"
            + " whole number",
        "{\"question\":\"Who?\",\"maxTokens\":\"30\"} | 400 | invalid_request | maxTokens must be a"
            + " whole number",
        "{\"question\":\"Who?\",\"temperature\":\"1\"} | 400 | invalid_request | temperature must be a"
            + " number",
        "{\"question\":\"Who?\",\"trace\":\"yes\"} | 400 | invalid_request | trace must be true or"
            + " false",
        "{\"question\":\"Who?\",\"seed\":18446744073709551615} | 400 | invalid_request | seed must be a"
            + " whole number from -9223372036854775808 to 9223372036854775807",
        "{\"question\":\"Who?\",\"seed\":\"1\"} | 400 | invalid_request | seed must be a whole number",
        "{\"question\":\"Who?\",\"stop\":\"a\"} | 400 | invalid_request | stop must be a list",
        "{\"question\":\"Who?\",\"conversation\":[{\"role\":{}}]} | 400 | invalid_request |"
            + " conversation[0].role must be a string",
        "{\"question\":\"Who?\",\"scope\":{\"documents\":[\"a\"]}} | 400 | invalid_request |"
            + " scope.documents[0] must be an id",
        "{\"question\":\"Who?\",\"temperature\":1e999} | 400 | invalid_request | temperature",
        "{\"question\":\"Who?\",\"topP\":0} | 400 | invalid_request | topP",
        "{\"question\":\"Who?\",\"seed\":1e30} | 400 | invalid_request | seed must be a whole"
            + " number",
        "{\"question\":\"Who?\",\"retrieval\":\"lexical\"} | 400 | invalid_request | attention",
        "{\"question\":\"Who?\",\"retrieval\":\"attention+sentence\"} | 400 | invalid_request |"
            + " encoder",
        "{\"question\": | 400 | invalid_request | JSON",
        "{\"question\":\"Who?\",\"question\":\"When?\"} | 400 | invalid_request | stands twice",
        "[] | 400 | invalid_request | must be a JSON object",
        "'' | 400 | invalid_request | is empty",
        "null | 400 | invalid_request | is empty",
      })
  void aBadQuestionIsRefused(String json, int status, String code, String detail) {
    CairnHttp.Answer answer = new Library(http, "asked-never-asked").postJson(json);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    if (detail != null) {
      assertThat(answer.body().path("detail").asString()).contains(detail);
    }
  }

  @Test
  void aQuestionOfTheMostTokensIsAnsweredAndOneMoreIsRefused() {
    Library library = new Library(http, "asked-limit");
    library.add("a.txt", "The limit is here. ".repeat(5));

    assertThat(library.ask("a".repeat(384 - 19), 1).path("usage").path("promptTokens").asInt())
        .isEqualTo(384);
    CairnHttp.Answer refused = library.post(Map.of("question", "a".repeat(385 - 19)));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("question_too_long");
    assertThat(refused.body().path("detail").asString()).contains("385 tokens", "at most 384");
  }

  @Test
  void aQuestionOfAHundredKilobytesIsRefused() {
    CairnHttp.Answer refused =
        new Library(http, "asked-never-asked").post(Map.of("question", "é".repeat(100_000)));

    assertThat(refused.code()).isEqualTo("question_too_long");
    assertThat(refused.body().path("detail").asString()).contains("100,000", "16,384");
  }

  @Test
  void anUnknownCorpusIsNotFound() {
    CairnHttp.Answer refused = new Library(http, "asked-nowhere").post(Map.of("question", "Who?"));

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.code()).isEqualTo("corpus_not_found");
  }

  @Test
  void anotherTenantsCorpusIsAsUnknownAsOneThatIsNot() {
    Library library = new Library(http, "asked-hidden");
    library.add("key.txt", "The key is HERON.");
    jdbc.sql("update corpus set tenant_id = :tenant where slug = 'asked-hidden'")
        .param("tenant", ForeignTenant.insert(jdbc))
        .update();

    CairnHttp.Answer foreign = library.post(Map.of("question", "What is the key?"));
    CairnHttp.Answer unknown =
        new Library(http, "asked-hiddem").post(Map.of("question", "What is the key?"));

    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.response().body().replace("asked-hidden", "asked-hiddem"))
        .isEqualTo(unknown.response().body());
  }

  @Test
  void anEmptyCorpusSaysSo() {
    http.put("/api/v1/corpora/asked-empty");

    CairnHttp.Answer refused = new Library(http, "asked-empty").post(Map.of("question", "Who?"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("corpus_empty");
  }

  @Test
  void aCorpusThatIsStillEncodingSaysSo() {
    Library library = new Library(http, "asked-encoding");
    String document = library.add("a.txt", "Not encoded yet. ".repeat(5));
    setState(document, "ENCODING");

    CairnHttp.Answer refused = library.post(Map.of("question", "Who?"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("corpus_not_ready");
    assertThat(refused.body().path("detail").asString()).contains("encoding");
  }

  @Test
  void aDocumentThatIsStillEncodingIsNamedInTheAnswer() {
    Library library = new Library(http, "asked-half");
    library.add("ready.txt", "Encoded long ago. ".repeat(5));
    String encoding = library.add("draft.txt", "Half encoded. ".repeat(5));
    setState(encoding, "ENCODING");

    var leftOut = library.ask("Who?", 4).path("leftOut");

    assertThat(leftOut.size()).isOne();
    assertThat(leftOut.path(0).path("documentId").asString()).isEqualTo(encoding);
    assertThat(leftOut.path(0).path("title").asString()).isEqualTo("draft.txt");
    assertThat(leftOut.path(0).path("reason").asString()).isEqualTo("encoding");
    assertThat(leftOut.path(0).path("percent").isInt()).isTrue();
  }

  private void setState(String document, String state) {
    jdbc.sql("update encoding set state = :state where document_id = :document")
        .param("state", state)
        .param("document", UUID.fromString(document))
        .update();
  }
}

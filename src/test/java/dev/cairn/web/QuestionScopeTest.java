package dev.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Library;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@CairnTest
class QuestionScopeTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Autowired private CairnHttp http;

  @Test
  void severalCorporaAreReadAtOnce() {
    Library contracts = new Library(http, "scope-contracts");
    String lease = contracts.add("lease.txt", "The lease ends in May. ".repeat(9));
    Library letters = new Library(http, "scope-letters");
    letters.add("letter.txt", "The letter came in June. ".repeat(11));
    long chunksOfBoth = chunks(contracts.ask("When?", 2)) + chunks(letters.ask("When?", 2));

    JsonNode answer = answered(Map.of("corpora", List.of("scope-contracts", "scope-letters")));

    assertThat(chunks(answer)).isEqualTo(chunksOfBoth);
    JsonNode narrowed =
        answered(
            Map.of(
                "corpora",
                List.of("scope-letters", "scope-contracts"),
                "documents",
                List.of(lease)));
    assertThat(chunks(narrowed)).isEqualTo(chunks(contracts.ask("When?", 2)));
    assertThat(narrowed.at("/scope/documents/0").asString()).isEqualTo(lease);
    assertThat(http.get("/api/v1/answers/" + narrowed.path("id").asString()).body().path("scope"))
        .isEqualTo(narrowed.path("scope"));
  }

  @Test
  void aQuestionToOneCorpusCanBeNarrowed() {
    Library library = new Library(http, "scope-narrowed");
    String first = library.add("first.txt", "The first says five. ".repeat(9));
    library.add("second.txt", "The second says six. ".repeat(9));
    long whole = chunks(library.ask("What?", 2));

    JsonNode answer =
        library
            .post(Map.of("question", "What?", "scope", Map.of("documents", List.of(first))))
            .body();

    assertThat(chunks(answer)).isLessThan(whole).isPositive();
  }

  @Test
  void whatIsNoScopeIsRefused() {
    new Library(http, "scope-refused").add("a.txt", "A text.");
    List<String> one = List.of("scope-refused");
    refused(Map.of(), 400, "invalid_request");
    refused(Map.of("corpora", List.of()), 400, "invalid_request");
    refused(Map.of("corpora", one, "colour", "red"), 400, "invalid_request");
    refused(Map.of("corpora", one, "documents", List.of("no-id")), 400, "invalid_request");
    refused(Map.of("corpora", List.of("scope-unknown")), 404, "corpus_not_found");
    refused(
        Map.of("corpora", one, "documents", List.of("00000000-0000-7000-8000-000000000000")),
        404,
        "document_not_found");
    refused(Map.of("corpora", one, "metadata", Map.of("year", 1)), 409, "corpus_empty");
    Library library = new Library(http, "scope-refused");
    assertThat(library.post(Map.of("question", "Q?", "scope", Map.of("corpora", one))).status())
        .isEqualTo(400);
  }

  @Test
  void aScopeNamesSoManyEntriesAndNoMore() {
    new Library(http, "scope-many").add("a.txt", "A text.");
    assertThat(ask(Map.of("corpora", times(1000))).status()).isEqualTo(200);
    refused(Map.of("corpora", times(1001)), 400, "invalid_request");
  }

  private static List<String> times(int count) {
    return IntStream.range(0, count).mapToObj(i -> "scope-many").toList();
  }

  private void refused(Map<String, Object> scope, int status, String code) {
    CairnHttp.Answer answer = ask(scope);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.body().path("code").asString()).isEqualTo(code);
  }

  private JsonNode answered(Map<String, Object> scope) {
    CairnHttp.Answer answer = ask(scope);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body();
  }

  private CairnHttp.Answer ask(Map<String, Object> scope) {
    return http.postJson(
        "/api/v1/questions",
        JSON.writeValueAsString(Map.of("question", "When?", "maxTokens", 2, "scope", scope)));
  }

  private static long chunks(JsonNode answer) {
    return answer.at("/report/chunksVisible").asLong();
  }
}

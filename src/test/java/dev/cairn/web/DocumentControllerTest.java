package dev.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.Given;
import dev.cairn.OnCatalogue;
import dev.cairn.access.Caller;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.StretchClaim;
import dev.cairn.catalogue.Stretches;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnCatalogue
class DocumentControllerTest {

  @Autowired private CairnHttp http;
  @Autowired private Stretches stretches;
  @Autowired private Given given;

  @Test
  void aDocumentShowsHowFarItIs() {
    Document document = given.extracted(1000);
    given.planned(document);
    StretchClaim claim = given.claimed(given.stretchesOf(document).getFirst());
    stretches.progress(claim, 500);

    JsonNode body = http.get(path(document)).body();
    assertThat(body.path("state").asString()).isEqualTo("ENCODING");
    assertThat(body.path("stage").asString()).isEqualTo("encoding");
    assertThat(body.path("percent").asInt()).isEqualTo(50);
    assertThat(body.path("tokensPerSecond").asDouble()).isPositive();
    assertThat(body.path("secondsLeft").isIntegralNumber()).isTrue();
    assertThat(body.path("characters").asInt()).isEqualTo(5000);
    assertThat(body.path("chunks").asInt()).isEqualTo(16);
    assertThat(body.path("bytes").asInt()).isEqualTo(1000);
    assertThat(body.path("charset").asString()).isEqualTo("UTF-8");
    assertThat(body.path("createdAt").asString()).endsWith("Z");
    assertThat(body.has("failure")).isFalse();
    assertThat(body.path("encoding").path("generation").asInt()).isEqualTo(1);
  }

  @Test
  void aDeletedDocumentIsGoneAndAnUnknownOneNotFound() {
    Document document = given.uploaded();
    assertThat(http.delete(path(document)).status()).isEqualTo(204);
    assertThat(http.get(path(document)))
        .returns(410, CairnHttp.Answer::status)
        .returns("document_deleted", CairnHttp.Answer::code);
    assertThat(http.delete(path(document)).status()).isEqualTo(410);
    assertThat(http.get("/api/v1/documents/" + UUID.randomUUID()))
        .returns(404, CairnHttp.Answer::status)
        .returns("document_not_found", CairnHttp.Answer::code);
    assertThat(http.get("/api/v1/documents/no-uuid").code()).isEqualTo("invalid_request");
  }

  @Test
  void aDocumentOfAnotherTenantIsNotFoundWhateverIsAsked() {
    Caller other = given.tenant();
    String theirs = "/api/v1/documents/" + given.extracted(other, 10).id();
    assertThat(http.get(theirs).code()).isEqualTo("document_not_found");
    assertThat(http.delete(theirs).code()).isEqualTo("document_not_found");
    assertThat(http.post(theirs + "/encodings").code()).isEqualTo("document_not_found");
    assertThat(http.delete(theirs + "/encodings/current").code()).isEqualTo("document_not_found");
  }

  @Test
  void anEncodingIsCancelledAndAskedForAgain() {
    Document document = given.extracted(1000);
    given.planned(document);
    assertThat(http.delete(path(document) + "/encodings/current").status()).isEqualTo(204);
    assertThat(http.delete(path(document) + "/encodings/current").code()).isEqualTo("conflict");
    assertThat(http.get(path(document)).body().path("stage").asString()).isEqualTo("cancelled");

    CairnHttp.Answer again = http.post(path(document) + "/encodings");
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body().path("stage").asString()).isEqualTo("queued");
    assertThat(again.body().path("encoding").path("generation").asInt()).isEqualTo(2);
  }

  @Test
  void aDocumentThatLeftEveryCorpusIsListedAndCanBeDeleted() {
    Document document = given.uploaded();
    given.member("left-behind", document, "Left");
    http.delete("/api/v1/corpora/left-behind");
    assertThat(listed()).contains(document.id().toString());

    assertThat(http.delete(path(document)).status()).isEqualTo(204);

    assertThat(listed()).doesNotContain(document.id().toString());
  }

  @Test
  void onlyACallersOwnDocumentsAreListed() {
    String theirs = given.extracted(given.tenant(), 10).id().toString();
    assertThat(listed()).doesNotContain(theirs);
    assertThat(http.get("/api/v1/documents?limit=0").code()).isEqualTo("invalid_request");
    assertThat(http.get("/api/v1/documents?cursor=!").code()).isEqualTo("invalid_request");
  }

  /** All, two at a time. */
  private List<String> listed() {
    given.uploaded();
    given.uploaded();
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = http.get("/api/v1/documents?limit=2" + cursor).body();
      page.path("items").forEach(item -> ids.add(item.path("id").asString()));
      cursor = page.path("cursor").isString() ? "&cursor=" + page.path("cursor").asString() : "";
    } while (!cursor.isEmpty());
    assertThat(ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(2);
    return ids;
  }

  private static String path(Document document) {
    return "/api/v1/documents/" + document.id();
  }
}

package dev.cairn.web;

import static dev.cairn.Given.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.CairnHttp;
import dev.cairn.Given;
import dev.cairn.OnCatalogue;
import dev.cairn.Together;
import dev.cairn.access.Caller;
import dev.cairn.catalogue.Document;
import dev.cairn.corpus.Corpora;
import dev.cairn.corpus.Corpus;
import dev.cairn.corpus.Joined;
import dev.cairn.corpus.Memberships;
import dev.cairn.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnCatalogue
class CorpusControllerTest {

  @Autowired private CairnHttp http;
  @Autowired private Corpora corpora;
  @Autowired private Memberships memberships;
  @Autowired private Given given;

  @Test
  void aCorpusIsMadeOnceAndRemoved() {
    assertThat(http.get("/api/v1/corpora/novels").code()).isEqualTo("corpus_not_found");
    CairnHttp.Answer made = http.put("/api/v1/corpora/novels");
    assertThat(made.status()).isEqualTo(200);
    assertThat(http.put("/api/v1/corpora/novels").body()).isEqualTo(made.body());
    assertThat(http.get("/api/v1/corpora/novels").body()).isEqualTo(made.body());
    assertThat(made.body().path("slug").asString()).isEqualTo("novels");
    assertThat(made.body().path("createdAt").asString()).endsWith("Z");
    assertThat(http.delete("/api/v1/corpora/novels").status()).isEqualTo(204);
    assertThat(http.get("/api/v1/corpora/novels").status()).isEqualTo(404);
    assertThat(http.delete("/api/v1/corpora/novels").code()).isEqualTo("corpus_not_found");
  }

  @Test
  void aCorpusAskedForByManyAtOnceIsOne() throws Exception {
    List<Corpus> made = Together.call(8, () -> corpora.obtain(CALLER, "at-once"));
    assertThat(made).containsOnly(made.getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Novels", "a_b", "%00", "a%2Fb", "caf%C3%A9", "a.b", "%20"})
  void aNameThatNoCorpusCanHaveIsRefused(String slug) {
    assertThat(http.put("/api/v1/corpora/" + slug).status()).isEqualTo(400);
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertThat(http.put("/api/v1/corpora/" + "a".repeat(64)).status()).isEqualTo(200);
    assertThat(http.put("/api/v1/corpora/" + "a".repeat(65)).code()).isEqualTo("invalid_request");
  }

  @Test
  void membersAreListedPageByPageInTheOrderInWhichTheyJoined() {
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      titles.add("Volume " + i);
      given.member("volumes", given.uploaded(), "Volume " + i);
    }
    List<String> listed = new ArrayList<>();
    String page = "/api/v1/corpora/volumes/documents?limit=2";
    String cursor = "";
    for (int pages = 0; pages < 3; pages++) {
      JsonNode body = http.get(page + cursor).body();
      body.path("items").forEach(item -> listed.add(item.path("title").asString()));
      cursor = "&cursor=" + body.path("cursor").asString("");
    }
    assertThat(listed).isEqualTo(titles);
    assertThat(cursor).as("after the last page").isEqualTo("&cursor=");
  }

  @Test
  void corporaAreListedPageByPageByName() {
    List.of("list-c", "list-a", "list-b").forEach(slug -> corpora.obtain(CALLER, slug));
    List<String> slugs = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode body = http.get("/api/v1/corpora?limit=1" + cursor).body();
      body.path("items").forEach(item -> slugs.add(item.path("slug").asString()));
      cursor = body.path("cursor").isString() ? "&cursor=" + body.path("cursor").asString() : "";
    } while (!cursor.isEmpty());
    assertThat(slugs).isSorted().contains("list-a", "list-b", "list-c").doesNotHaveDuplicates();
  }

  @Test
  void limitsAndCursorsAreChecked() {
    corpora.obtain(CALLER, "limits");
    for (String query :
        List.of("limit=0", "limit=201", "limit=many", "cursor=!", "cursor=AAAA", "cursor=YQ")) {
      assertThat(http.get("/api/v1/corpora/limits/documents?" + query))
          .as(query)
          .returns(400, CairnHttp.Answer::status)
          .returns("invalid_request", CairnHttp.Answer::code);
    }
    assertThat(http.get("/api/v1/corpora/limits/documents?limit=200").status()).isEqualTo(200);
  }

  @Test
  void aMemberShowsItsDocumentBesideItsTitle() {
    Document document = given.ready(65);
    memberships.join(
        corpora.obtain(CALLER, "shown"), document, "A title", Map.of("author", "Vale"));
    JsonNode item = http.get("/api/v1/corpora/shown/documents").body().path("items").path(0);
    assertThat(item.path("id").asString()).isEqualTo(document.id().toString());
    assertThat(item.path("title").asString()).isEqualTo("A title");
    assertThat(item.path("metadata").path("author").asString()).isEqualTo("Vale");
    assertThat(item.path("stage").asString()).isEqualTo("ready");
    assertThat(item.path("percent").asInt()).isEqualTo(100);
    assertThat(item.path("tokens").asInt()).isEqualTo(65);
    assertThat(item.path("chunks").asInt()).isEqualTo(2);
    assertThat(item.path("encoding").path("state").asString()).isEqualTo("READY");
  }

  @Test
  void theSameBytesAreAMemberOnceInACorpusAndSeparatelyInTwo() {
    Document document = given.uploaded();
    Joined first = join("twice-a", document, "parking.txt");
    Joined second = join("twice-a", document, "parking-b.txt");
    Joined elsewhere = join("twice-b", document, "parking-b.txt");
    assertThat(first.created()).isTrue();
    assertThat(second).isEqualTo(new Joined(first.membership(), false));
    assertThat(elsewhere.created()).isTrue();

    String member = "/documents/" + document.id();
    assertThat(http.delete("/api/v1/corpora/twice-a" + member).status()).isEqualTo(204);
    assertThat(http.delete("/api/v1/corpora/twice-a" + member).code())
        .isEqualTo("document_not_found");
    assertThat(memberships.status(CALLER, "twice-b", document.id()).title())
        .isEqualTo("parking-b.txt");
    assertThat(http.get("/api/v1" + member).status()).isEqualTo(200);
  }

  @Test
  void aCorpusShowsHowMuchItHolds() {
    Document document = given.extracted(70);
    given.member("counted", document, "One");
    given.member("counted", given.extracted(30), "Two");
    given.member("counted-too", document, "One again");
    corpora.obtain(CALLER, "counted-none");

    assertThat(contents("counted")).containsExactly(2, 100, 2000);
    assertThat(contents("counted-too")).containsExactly(1, 70, 1000);
    assertThat(contents("counted-none")).containsExactly(0, 0, 0);
    JsonNode listed = http.get("/api/v1/corpora?limit=200").body().path("items");
    assertThat(listed.valueStream()).contains(http.get("/api/v1/corpora/counted").body());
  }

  private List<Integer> contents(String slug) {
    JsonNode body = http.get("/api/v1/corpora/" + slug).body();
    return Stream.of("documents", "tokens", "bytes")
        .map(name -> body.path(name).asInt(-1))
        .toList();
  }

  @Test
  void whatIsDeletedWhileItJoinsIsToldToComeAgain() {
    Document document = given.uploaded();
    Corpus corpus = corpora.obtain(CALLER, "join-deleted");
    http.delete("/api/v1/documents/" + document.id());
    assertThatThrownBy(() -> memberships.join(corpus, document, "Title", Map.of()))
        .extracting(thrown -> ((Problem) thrown).code().json())
        .isEqualTo("deleted_meanwhile");
    assertThatThrownBy(() -> memberships.justJoined(CALLER, "join-deleted", document.id()))
        .extracting(thrown -> ((Problem) thrown).code().json())
        .isEqualTo("deleted_meanwhile");
  }

  @Test
  void joinedByManyAtOnceItIsOneMembership() throws Exception {
    Document document = given.uploaded();
    corpora.obtain(CALLER, "join-at-once");
    List<Joined> joined = Together.call(8, () -> join("join-at-once", document, "Title"));
    assertThat(joined).filteredOn(Joined::created).hasSize(1);
  }

  @Test
  void deletingACorpusKeepsItsDocuments() {
    Document document = given.uploaded();
    given.member("dissolved", document, "Kept");
    assertThat(http.delete("/api/v1/corpora/dissolved").status()).isEqualTo(204);
    assertThat(http.get("/api/v1/documents/" + document.id()).status()).isEqualTo(200);
  }

  @Test
  void titlesAreCleanedOrRefusedAndNeverFail() {
    Document document = given.uploaded();
    assertThat(join("titles", document, "a\u0000b\r\nc").membership().title()).isEqualTo("abc");
    assertThat(join("titles", given.uploaded(), "x\uD800").membership().title())
        .isEqualTo("x\uFFFD");
    assertThat(join("titles", given.uploaded(), "🦑".repeat(500)).created()).isTrue();
    for (String refused : List.of("", " \u0000\n", "🦑".repeat(501))) {
      assertThatThrownBy(() -> join("titles", given.uploaded(), refused))
          .isInstanceOf(Problem.class);
    }
  }

  @Test
  void theCorporaOfAnotherTenantAreNotFound() {
    Caller other = given.tenant();
    corpora.obtain(other, "theirs");
    UUID theirs = given.extracted(other, 10).id();
    given.member("ours", given.uploaded(), "Ours");
    assertThat(http.get("/api/v1/corpora/theirs").code()).isEqualTo("corpus_not_found");
    assertThat(http.get("/api/v1/corpora/theirs/documents").code()).isEqualTo("corpus_not_found");
    assertThat(http.delete("/api/v1/corpora/theirs").code()).isEqualTo("corpus_not_found");
    assertThat(http.delete("/api/v1/corpora/ours/documents/" + theirs).code())
        .isEqualTo("document_not_found");
    assertThat(http.get("/api/v1/corpora?limit=200").body().toString()).doesNotContain("theirs");
    assertThat(corpora.find(other, "theirs").slug()).isEqualTo("theirs");
  }

  @Test
  void aDocumentOfAnotherTenantCannotBeJoined() {
    Document theirs = given.extracted(given.tenant(), 10);
    assertThatThrownBy(() -> join("ours", theirs, "Theirs")).isInstanceOf(Problem.class);
  }

  private Joined join(String corpus, Document document, String title) {
    return memberships.join(corpora.obtain(CALLER, corpus), document, title, Map.of());
  }
}

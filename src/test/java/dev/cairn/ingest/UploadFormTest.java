package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The parts of an upload, and what the reply says of it. */
@CairnTest
class UploadFormTest {

  @Autowired private CairnHttp http;
  @Autowired private JdbcClient jdbc;
  private Uploading uploading;

  @BeforeEach
  void prepare() {
    uploading = new Uploading(http);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long documents() {
    return jdbc.sql("select count(*) from document").query(Long.class).single();
  }

  @Test
  void anUploadHoldsOneFileAndEachFieldOnce() {
    long before = documents();
    byte[] text = utf8("one of several");

    assertRefused(
        uploading.sendFiles("several", "file", "a.txt", "file", "b.txt"), "several_files", "file");
    for (String name : List.of("title", "metadata")) {
      assertRefused(
          uploading.send("several", "a.txt", text, name, "{}", name, "{}"),
          "invalid_request",
          name);
      assertRefused(
          uploading.sendFiles("several", "file", "a.txt", name, "b.json"), "invalid_request", name);
    }
    assertRefused(
        uploading.sendPart("several", "form-data; name=\"file\"", text), "invalid_request", "file");
    assertRefused(
        uploading.send("several", "a.txt", text, "titel", "Misspelt"), "invalid_request", "titel");
    assertThat(documents()).isEqualTo(before);
  }

  private static void assertRefused(CairnHttp.Answer refused, String code, String field) {
    assertThat(refused.status()).as(refused.response().body()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.body().path("field").asString()).isEqualTo(field);
    assertThat(refused.body().path("detail").asString()).contains(field);
  }

  @Test
  void theDescriptionOfTheApiNamesThePartsOfAnUpload() {
    JsonNode api = http.get("/v3/api-docs").body();
    String schema =
        api.at(
                "/paths/~1api~1v1~1corpora~1{slug}~1documents/post/requestBody/content"
                    + "/multipart~1form-data/schema/$ref")
            .asString();
    JsonNode parts = api.at(schema.substring(1) + "/properties");
    assertThat(parts.propertyNames()).containsExactlyInAnyOrder("file", "title", "metadata");
    assertThat(parts.at("/file/format").asString()).isEqualTo("binary");
  }

  @Test
  void aTitleKeepsItsCommas() {
    assertThat(
            uploading
                .send("commas", "a.txt", utf8("with commas"), "title", "War, and peace")
                .body()
                .path("title")
                .asString())
        .isEqualTo("War, and peace");
  }

  @Test
  void theReplySaysWhatAnUploadChanged() {
    byte[] bytes = utf8("The same bytes under two names.");

    JsonNode first = uploading.send("change-a", "first.txt", bytes).body();
    JsonNode elsewhere = uploading.send("change-b", "second.txt", bytes).body();
    JsonNode again = uploading.send("change-a", "second.txt", bytes).body();

    assertThat(first.path("change").asString()).isEqualTo("uploaded");
    assertThat(elsewhere.path("change").asString()).isEqualTo("joined");
    assertThat(again.path("change").asString()).isEqualTo("none");
    assertThat(again.path("title").asString()).isEqualTo("first.txt");
    assertThat(again.path("note").asString()).contains("Nothing changed", "first.txt");
    assertThat(first.has("note")).isFalse();
  }

  @Test
  void anUploadThatRacesADeleteIsToldToTryAgain() throws Exception {
    byte[] bytes = utf8("Deleted while it is uploaded.");
    try (ExecutorService clients = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 30; round++) {
        String id = uploading.send("raced", "a.txt", bytes).body().path("id").asString();
        Future<CairnHttp.Answer> again =
            clients.submit(() -> uploading.send("raced", "a.txt", bytes));
        http.delete("/api/v1/documents/" + id);
        http.delete("/api/v1/corpora/raced");
        CairnHttp.Answer answer = again.get();
        if (answer.status() != 200 && answer.status() != 202) {
          assertThat(answer.code()).as(answer.response().body()).isEqualTo("deleted_meanwhile");
          assertThat(answer.status()).isEqualTo(409);
          assertThat(answer.response().headers().firstValue("retry-after")).isPresent();
        }
      }
    }
    assertThat(uploading.send("raced", "a.txt", bytes).status()).isIn(200, 202);
  }
}

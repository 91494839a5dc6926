package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CairnTest
class UploadTest {

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
  void aFileIsTakenInEncodedAndReadBack() {
    String text = "The lamp is lit at dusk. ".repeat(20);
    CairnHttp.Answer accepted = uploading.send("upload", "lamp.txt", text);
    assertThat(accepted.status()).isEqualTo(202);
    String id = accepted.body().path("id").asString();
    assertThat(accepted.response().headers().firstValue("location"))
        .contains("/api/v1/documents/" + id);
    assertThat(accepted.body().path("title").asString()).isEqualTo("lamp.txt");
    JsonNode ready = uploading.finished(id);
    assertThat(ready.path("stage").asString()).isEqualTo("ready");
    assertThat(ready.path("percent").asInt()).isEqualTo(100);
    assertThat(ready.path("characters").asLong()).isEqualTo(text.length());
    assertThat(ready.path("charset").asString()).isEqualTo("UTF-8");
    assertThat(uploading.text(id)).isEqualTo(text);
  }

  @Test
  void bytesThatAreKnownJoinAnotherCorpusAndAreNotEncodedAgain() {
    byte[] parking = utf8("Parking costs 2 euros.");
    String id = uploading.finished("parking", "parking.txt", parking).path("id").asString();
    List<?> before = encodedRows(id);
    CairnHttp.Answer again = uploading.send("parking-b", "parking-b.txt", parking);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("id").asString()).isEqualTo(id);
    assertThat(again.body().path("title").asString()).isEqualTo("parking-b.txt");
    assertThat(again.body().path("stage").asString()).isEqualTo("ready");
    assertThat(encodedRows(id)).isEqualTo(before).hasSize(1);

    assertThat(http.delete(member("parking", id)).status()).isEqualTo(204);
    assertThat(titles("parking")).isEmpty();
    assertThat(titles("parking-b")).containsExactly("parking-b.txt");
    assertThat(uploading.document(id).path("stage").asString()).isEqualTo("ready");
  }

  private static String member(String corpus, String id) {
    return "/api/v1/corpora/%s/documents/%s".formatted(corpus, id);
  }

  private List<String> titles(String corpus) {
    return http.get("/api/v1/corpora/%s/documents".formatted(corpus))
        .body()
        .path("items")
        .valueStream()
        .map(item -> item.path("title").asString())
        .toList();
  }

  private List<?> encodedRows(String id) {
    return jdbc.sql(
            """
            select e.id, e.generation, s.attempt, g.id as segment, g.blob_key from encoding e
            join stretch s on s.encoding_id = e.id join segment g on g.stretch_id = s.id
            where e.document_id = cast(:id as uuid) order by s.ordinal
            """)
        .param("id", id)
        .query()
        .listOfRows();
  }

  @Test
  void theSameBytesSentAtOnceBecomeOneDocument() throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 5; round++) {
        byte[] bytes = utf8("Round %d of the race.".formatted(round));
        long before = documents();
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<CairnHttp.Answer>> answers =
            List.of("race-a", "race-b", "race-a", "race-c").stream()
                .map(
                    corpus ->
                        clients.submit(
                            () -> {
                              start.await();
                              return uploading.send(corpus, corpus + ".txt", bytes);
                            }))
                .toList();
        assertOneDocument(answers.stream().map(UploadTest::done).toList());
        assertThat(documents()).isEqualTo(before + 1);
      }
    }
    assertThat(titles("race-a")).hasSize(5);
    assertThat(titles("race-b")).hasSize(5);
  }

  private static CairnHttp.Answer done(Future<CairnHttp.Answer> answer) {
    try {
      return answer.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void assertOneDocument(List<CairnHttp.Answer> answers) {
    assertThat(answers)
        .extracting(CairnHttp.Answer::status)
        .containsExactlyInAnyOrder(202, 200, 200, 200);
    assertThat(answers.stream().map(answer -> answer.body().path("id").asString()).distinct())
        .hasSize(1);
  }

  @Test
  void twoFilesOfOneNameAreTwoDocuments() {
    String first =
        uploading.send("receipts", "receipt.txt", "Total 18").body().path("id").asString();
    String second =
        uploading.send("receipts", "receipt.txt", "Total 25").body().path("id").asString();
    assertThat(first).isNotEqualTo(second);
    assertThat(titles("receipts")).containsExactly("receipt.txt", "receipt.txt");
    uploading.finished(first);
    uploading.finished(second);
    assertThat(uploading.text(first)).isEqualTo("Total 18");
    assertThat(uploading.text(second)).isEqualTo("Total 25");
  }

  @Test
  void namesAreShownAsSentWithoutPathAndControlCharacters() {
    String composed = "Übersicht (v2) \"neu\";100%.txt";
    String decomposed = "U\u0308bersicht (v2) \"neu\";100%.txt";
    assertThat(titleOf(quoted(composed))).isEqualTo(composed);
    assertThat(titleOf(quoted(decomposed))).isEqualTo(decomposed);
    assertThat(titleOf("filename*=UTF-8''%C3%9Cber%20%E6%9B%B8.txt")).isEqualTo("Über 書.txt");
    assertThat(titleOf(quoted("書".repeat(120) + ".txt"))).isEqualTo("書".repeat(120) + ".txt");
    assertThat(titleOf(quoted("../../x.txt"))).isEqualTo("x.txt");
    assertThat(titleOf(quoted("C:\\docs\\y.txt"))).isEqualTo("y.txt");
    assertThat(titleOf("filename*=UTF-8''a%0D%0Ab.txt")).isEqualTo("ab.txt");
    assertThat(titleOf(quoted(""))).isEqualTo("Untitled");
    assertThat(titleOf(quoted("..."))).isEqualTo("...");
  }

  private static String quoted(String name) {
    return "filename=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private String titleOf(String fileName) {
    CairnHttp.Answer answer =
        uploading.sendPart(
            "names", "form-data; name=\"file\"; " + fileName, utf8("A file: " + fileName));
    assertThat(answer.status()).as(fileName).isEqualTo(202);
    return answer.body().path("title").asString();
  }

  @Test
  void aNameThatIsTooLongLeavesNothing() {
    long before = documents();
    CairnHttp.Answer answer =
        uploading.sendPart(
            "long-names",
            "form-data; name=\"file\"; " + quoted("書".repeat(501)),
            utf8("long name"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("detail").asString()).contains("500 characters");
    assertThat(documents()).isEqualTo(before);
    assertThat(http.get("/api/v1/corpora/long-names").status()).isEqualTo(404);
  }

  @Test
  void titleAndMetadataAreKept() {
    CairnHttp.Answer answer =
        uploading.send(
            "labels",
            "a.txt",
            utf8("labelled"),
            "title",
            "Lamp\u0000 rules",
            "metadata",
            "{\"year\":1869,\"tags\":[\"ünï\"]}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().path("title").asString()).isEqualTo("Lamp rules");
    assertThat(answer.body().path("metadata").path("year").asInt()).isEqualTo(1869);
    assertThat(answer.body().path("metadata").path("tags").path(0).asString()).isEqualTo("ünï");
  }

  @Test
  void metadataThatIsNoObjectOrCannotBeStoredIsRefused() {
    long before = documents();
    for (String metadata :
        List.of(
            "[1]",
            "{\"a\":1,\"a\":2}",
            "3",
            "null",
            "{",
            "{\"a\":\"\\u0000\"}",
            "{\"a\":\"\\ud800\"}")) {
      CairnHttp.Answer answer =
          uploading.send("labels", "b.txt", utf8("unlabelled"), "metadata", metadata);
      assertThat(answer.status()).as(metadata).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("invalid_request");
    }
    assertThat(documents()).isEqualTo(before);
  }

  @Test
  void whatIsNoTextIsRefusedByWhatIsSupported() {
    CairnHttp.Answer answer = uploading.send("binaries", "book.pdf", "%PDF-1.7\n...");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("unsupported_format");
    assertThat(answer.body().path("detail").asString()).contains("text/html");
    assertThat(http.get("/api/v1/corpora/binaries").status()).isEqualTo(404);
  }

  @Test
  void anEmptyFileIsRefused() {
    CairnHttp.Answer answer = uploading.send("empty", "empty.txt", "");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("no_text");
    assertThat(http.get("/api/v1/corpora/empty").status()).isEqualTo(404);
  }

  @Test
  void aFileOfNulsFailsAndLeavesNoJob() {
    JsonNode failed = uploading.finished("nuls", "nuls.txt", new byte[300]);
    String id = failed.path("id").asString();
    assertThat(failed.path("stage").asString()).isEqualTo("failed");
    assertThat(failed.path("failure").path("code").asString()).isEqualTo("no_text");
    assertThat(http.get("/api/v1/documents/%s/text".formatted(id)).code()).isEqualTo("no_text");
    assertThat(
            jdbc.sql("select count(*) from extract_job where task_instance = :id")
                .param("id", id)
                .query(Long.class)
                .single())
        .isZero();
    assertThat(uploading.send("nuls", "nuls.txt", new byte[300]).status()).isEqualTo(200);
  }

  @Test
  void aRequestWithoutAFileOrWithABadCorpusIsRefused() {
    assertThat(http.post("/api/v1/corpora/nothing/documents").status()).isEqualTo(415);
    CairnHttp.Answer other =
        uploading.sendPart("nothing", "form-data; name=\"other\"", utf8("no file"));
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.code()).isEqualTo("invalid_request");
    assertThat(uploading.send("Not_A_Slug", "a.txt", "bad corpus").status()).isEqualTo(400);
  }

  @Test
  void itsStateIsReadyOnceItCanBeAsked() {
    String id =
        uploading.send("states", "a.txt", "A state to poll on.").body().path("id").asString();
    await().until(() -> uploading.document(id).path("state").asString().equals("READY"));
    assertThat(uploading.document(id).path("percent").asInt()).isEqualTo(100);
    assertThat(http.get("/api/v1/corpora/states/documents").body().at("/items/0/state").asString())
        .isEqualTo("READY");
  }

  @Test
  void rangesOfTheTextAreChecked() {
    String text = "One 👩 two.";
    String id = uploading.finished("ranges", "a.txt", utf8(text)).path("id").asString();
    String path = "/api/v1/documents/%s/text".formatted(id);
    JsonNode passage = http.get(path + "?from=4&to=7").body();
    assertThat(passage.path("text").asString()).isEqualTo("👩 t");
    assertThat(passage.path("characters").asLong()).isEqualTo(10);
    assertThat(http.get(path + "?from=10").body().path("text").asString()).isEmpty();
    JsonNode rest = http.get(path + "?from=4&to=80").body();
    assertThat(rest.path("text").asString()).isEqualTo("👩 two.");
    assertThat(rest.path("to").asLong()).isEqualTo(10);
    for (String range :
        List.of(
            "from=-1",
            "from=3&to=2",
            "from=11",
            "from=11&to=12",
            "from=x",
            "from=9223372036854775807")) {
      CairnHttp.Answer answer = http.get(path + "?" + range);
      assertThat(answer.status()).as(range).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("invalid_request");
    }
    assertThat(http.get("/api/v1/documents/%s/text".formatted(new UUID(7, 7))).status())
        .isEqualTo(404);
  }

  @Test
  void moreTextThanOneCallGivesIsRefused() {
    String id =
        uploading.send("ranges", "long.txt", "x ".repeat(60_000)).body().path("id").asString();
    String path = "/api/v1/documents/%s/text".formatted(id);
    await().until(() -> http.get(path).status() == 200);
    assertThat(http.get(path).body().path("to").asLong()).isEqualTo(100_000);
    assertThat(http.get(path + "?from=0&to=100000").status()).isEqualTo(200);
    assertThat(http.get(path + "?from=0&to=100001").code()).isEqualTo("invalid_request");
    http.delete("/api/v1/documents/" + id);
    assertThat(http.get(path).code()).isEqualTo("document_deleted");
  }

  @Test
  void aPageWithoutAnEndingIsReadByItsMediaType() {
    byte[] page = utf8("<html><title/><body><p>The gate code is 7731.</p></body></html>");
    String disposition =
        "form-data; name=\"file\"; filename=\"gate\"\r\nContent-Type: application/xhtml+xml";
    String id = uploading.sendPart("pages", disposition, page).body().path("id").asString();
    assertThat(uploading.finished(id).path("stage").asString()).isEqualTo("ready");
    assertThat(uploading.text(id)).isEqualTo("The gate code is 7731.\n");
  }

  @Test
  void utf16WithoutAMarkIsTakenInOrRefusedAtOnce() throws IOException {
    byte[] depot = Files.readAllBytes(Path.of("src/test/resources/field/depot-utf16le.txt"));
    String id = uploading.finished("wide", "depot.txt", depot).path("id").asString();
    assertThat(uploading.text(id)).endsWith("Don’t use the Łódź depot: Ключ 4417\r\n");
    assertThat(uploading.document(id).path("charset").asString()).isEqualTo("UTF-16LE");

    byte[] damaged = Arrays.copyOf(depot, depot.length - 1);
    System.arraycopy(depot, 9001, damaged, 9000, damaged.length - 9000);
    CairnHttp.Answer refused = uploading.send("wide", "damaged.txt", damaged);
    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.code()).isEqualTo("unsupported_format");
    assertThat(refused.body().path("detail").asString()).contains("UTF-8");
  }
}

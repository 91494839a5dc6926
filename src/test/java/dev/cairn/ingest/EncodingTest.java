package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.access.Caller;
import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.NewDocument;
import dev.cairn.segment.Fingerprint;
import dev.cairn.store.BlobStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@CairnTest
@TestPropertySource(
    properties = {
      "cairn.memory.chunks-per-stretch=4",
      "cairn.ingest.upload-limit=20KB",
      "cairn.ingest.html-limit=10KB",
      "cairn.job.backoff=10ms"
    })
class EncodingTest {

  private static final int STRETCH_TOKENS = 32;

  @Autowired private CairnHttp http;
  @Autowired private JdbcClient jdbc;
  @Autowired private BlobStore store;
  @Autowired private Documents documents;
  @Autowired private Fingerprint fingerprint;
  private Uploading uploading;

  @BeforeEach
  void prepare() {
    uploading = new Uploading(http);
  }

  private static byte[] stretches(String first, int count) {
    String text = first + "x".repeat(count * STRETCH_TOKENS - first.length());
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long segments(String id) {
    return jdbc.sql(
            """
            select count(*) from segment g join stretch s on s.id = g.stretch_id
            join encoding e on e.id = s.encoding_id where e.document_id = cast(:id as uuid)
            """)
        .param("id", id)
        .query(Long.class)
        .single();
  }

  private long jobs() {
    return jdbc.sql("select (select count(*) from encode_job) + (select count(*) from extract_job)")
        .query(Long.class)
        .single();
  }

  private long blobs(String id) throws IOException {
    try (Stream<String> keys = store.list("")) {
      return keys.filter(key -> key.contains(id)).count();
    }
  }

  @Test
  void aDocumentDeletedWhileItIsEncodedLeavesNoTrace() {
    byte[] vault = stretches("The vault word is OSPREY.", 40);
    String id = uploading.send("vault", "vault.txt", vault).body().path("id").asString();
    await().atMost(Duration.ofMinutes(2)).until(() -> segments(id) >= 2);
    assertThat(http.delete("/api/v1/documents/" + id).status()).isEqualTo(204);
    await().atMost(Duration.ofMinutes(2)).until(() -> jobs() == 0 && blobs(id) == 0);
    assertThat(http.get("/api/v1/documents/" + id).code()).isEqualTo("document_deleted");
    assertThat(segments(id)).isZero();

    CairnHttp.Answer again = uploading.send("vault", "vault.txt", vault);
    assertThat(again.status()).isEqualTo(202);
    String newId = again.body().path("id").asString();
    assertThat(newId).isNotEqualTo(id);
    assertThat(uploading.finished(newId).path("stage").asString()).isEqualTo("ready");
    assertThat(segments(newId)).isEqualTo(40);
  }

  @Test
  void documentsDeletedAtAnyMomentOfTheirEncodingAreDeletedAtOnce() {
    for (int i = 0; i < 60; i++) {
      byte[] text = stretches("Passing %d.".formatted(i), 40);
      String id = uploading.send("passing", "passing.txt", text).body().path("id").asString();
      int published = i % 8;
      await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofMinutes(1))
          .until(() -> segments(id) >= published);
      assertThat(http.delete("/api/v1/documents/" + id).status()).isEqualTo(204);
    }
  }

  @Test
  void documentsDeletedAtAnyMomentOfTheirExtractionLeaveNoTrace() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] text = stretches("Short-lived %d.".formatted(i), 1 + 30 * i);
      ids.add(uploading.send("brief", "brief.txt", text).body().path("id").asString());
      assertThat(http.delete("/api/v1/documents/" + ids.getLast()).status()).isEqualTo(204);
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> jobs() == 0);
    for (String id : ids) {
      assertThat(blobs(id)).isZero();
    }
  }

  @Test
  void aStretchThatCannotBeEncodedFailsItsDocumentAndHoldsUpNoOther() throws IOException {
    byte[] poison = stretches("Poison.", 60);
    String id = uploading.send("poison", "poison.txt", poison).body().path("id").asString();
    UUID documentId = UUID.fromString(id);
    String tokens = BlobKeys.tokens(Caller.DEFAULT_TENANT, documentId, fingerprint);
    await().atMost(Duration.ofMinutes(1)).until(() -> store.delete(tokens));
    String good =
        uploading.send("poison", "good.txt", stretches("Good.", 2)).body().path("id").asString();

    JsonNode failed = uploading.finished(id);
    assertThat(failed.path("stage").asString()).isEqualTo("failed");
    assertThat(failed.path("failure").path("detail").asString()).contains("tokens");
    assertThat(uploading.finished(good).path("stage").asString()).isEqualTo("ready");
    await().atMost(Duration.ofMinutes(1)).until(() -> jobs() == 0);
  }

  @Test
  void anUploadThatDiedBeforeItsBytesIsHealedByTheNext() throws Exception {
    byte[] bytes = stretches("Half an upload.", 1);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Document half =
        documents
            .register(Caller.ofDefaultTenant(), new NewDocument(sha256, "text/plain", bytes.length))
            .document();
    assertThat(http.get("/api/v1/documents/%s/text".formatted(half.id())).code())
        .isIn("conflict", "no_text");
    JsonNode failed = uploading.finished(half.id().toString());
    assertThat(failed.path("failure").path("detail").asString()).contains("upload it again");

    CairnHttp.Answer again = uploading.send("half", "half.txt", bytes);
    assertThat(again.body().path("id").asString()).isEqualTo(half.id().toString());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                uploading.document(half.id().toString()).path("stage").asString().equals("ready"));
  }

  @Test
  void theUploadLimitHoldsAtItsEdge() {
    int limit = 20 * 1024;
    CairnHttp.Answer largest = uploading.send("limit", "largest.txt", new byte[limit]);
    assertThat(largest.status()).isEqualTo(202);
    CairnHttp.Answer tooLarge = uploading.send("limit", "more.txt", new byte[limit + 1]);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.code()).isEqualTo("too_large");
    assertThat(tooLarge.body().path("detail").asString()).contains("20480 bytes");
  }

  @Test
  void theLimitOfHtmlHoldsAtItsEdge() {
    int limit = 10 * 1024;
    String start = "<html><p>A page.</p>";
    byte[] page = (start + " ".repeat(limit - start.length())).getBytes(StandardCharsets.UTF_8);
    CairnHttp.Answer largest = uploading.send("limit", "page.html", page);
    assertThat(largest.status()).isEqualTo(202);
    String id = largest.body().path("id").asString();
    assertThat(uploading.finished(id).path("stage").asString()).isEqualTo("ready");
    assertThat(uploading.text(id)).isEqualTo("A page.\n");
    byte[] more = Arrays.copyOf(page, limit + 1);
    CairnHttp.Answer tooLarge = uploading.send("limit", "more.html", more);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.body().path("detail").asString()).contains("10240 bytes");
    assertThat(uploading.send("limit", "more.txt", more).status()).isEqualTo(202);
  }
}

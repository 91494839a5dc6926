package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.access.Caller;
import dev.cairn.store.LocalBlobStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;

/** An upload whose bytes cannot be published leaves nothing in the catalogue. */
@CairnTest
class UnstoredUploadTest {

  @Autowired private CairnHttp http;
  @Autowired private IngestSettings settings;
  @Autowired private RegisterUpload registerUpload;
  @Autowired private Planner planner;
  @TempDir private Path folder;

  /** Finds a file where a folder should be. */
  private AcceptUpload broken;

  @BeforeEach
  void breakStore() throws IOException {
    Files.createFile(folder.resolve("documents"));
    broken = new AcceptUpload(settings, new LocalBlobStore(folder), registerUpload, planner);
  }

  private void upload(String corpus, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    UploadedFile file =
        new UploadedFile(
            "a.txt", null, bytes.length, new ByteArrayResource(bytes), "a.txt", Map.of());
    assertThatIOException().isThrownBy(() -> broken.accept(Caller.ofDefaultTenant(), corpus, file));
  }

  private int documentsOf(String corpus) {
    return http.get("/api/v1/corpora/%s/documents".formatted(corpus)).body().path("items").size();
  }

  @Test
  void newBytesLeaveNoDocument() {
    upload("unstored", "Nobody has these bytes.");

    assertThat(documentsOf("unstored")).isZero();
    assertThat(http.get("/api/v1/documents?limit=200").body().toString())
        .doesNotContain("\"bytes\":23,");
  }

  @Test
  void knownBytesStayWhereTheyAreAndDoNotJoin() {
    String text = "These bytes are known.";
    String id = new Uploading(http).send("stored", "a.txt", text).body().path("id").asString();

    upload("unstored-too", text);

    assertThat(documentsOf("unstored-too")).isZero();
    assertThat(new Uploading(http).finished(id).path("stage").asString()).isEqualTo("ready");
  }
}

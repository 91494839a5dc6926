package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@CairnTest
class UploadTest {

  @Autowired private CairnHttp http;
  private Uploading uploading;

  @BeforeEach
  void prepare() {
    uploading = new Uploading(http);
  }

  @Test
  void aFileIsTakenInEncodedAndReadBack() {
    String text = "The lamp is lit at dusk. ".repeat(100);
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
    assertThat(uploading.text(id)).isEqualTo(text);
  }
}

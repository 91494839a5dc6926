package dev.cairn.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CairnTest
class CorpusControllerTest {

  @Autowired private CairnHttp http;
  @Autowired private Corpora corpora;

  @Test
  void aCorpusIsMadeOnceAndRemoved() {
    assertThat(http.get("/api/v1/corpora/novels").code()).isEqualTo("corpus_not_found");
    CairnHttp.Answer made = http.put("/api/v1/corpora/novels");
    assertThat(made.status()).isEqualTo(200);
    assertThat(http.put("/api/v1/corpora/novels").body()).isEqualTo(made.body());
    assertThat(http.get("/api/v1/corpora/novels").body().path("slug").asString())
        .isEqualTo("novels");
    assertThat(http.delete("/api/v1/corpora/novels").status()).isEqualTo(204);
    assertThat(http.get("/api/v1/corpora/novels").status()).isEqualTo(404);
    assertThat(http.delete("/api/v1/corpora/novels").code()).isEqualTo("corpus_not_found");
  }
}

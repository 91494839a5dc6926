package dev.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.RawHttp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What cannot be read as an address, and addresses where there is nothing. */
@CairnTest
class RefusedAddressTest {

  @Autowired private CairnHttp http;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/corpora?cursor=%ff",
        "/api/v1/corpora?cursor=%zz",
        "/api/v1/corpora?cursor=%",
        "/api/v1/corpora?%ff=1",
        "/api/v1/corpora?cursor={a|b}",
        "/api/v1/corpora/{a|b}",
        "/api/v1/corpora/%ff",
        "/api/v1/corpora/%zz",
        "/api/v1/corpora/%00",
        "/api/v1/corpora/%5C",
        "/api/v1/corpora/a\\b",
        "/../etc",
        "no-slash"
      })
  void anAddressThatCannotBeReadIsAProblem(String address) {
    RawHttp refused = RawHttp.send(http.port(), "GET %s HTTP/1.1".formatted(address));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.head()).contains("content-type: application/problem+json");
    assertThat(refused.json().path("code").asString()).isEqualTo("invalid_request");
    assertThat(refused.json().path("status").asInt()).isEqualTo(400);
    assertThat(refused.json().path("detail").asString()).contains("%XX");
  }

  @Test
  void underV1ItIsAnErrorInOpenAisForm() {
    for (String address : List.of("/v1/models/%00", "/v1/models/%5C", "/v1/models/%ff")) {
      RawHttp refused = RawHttp.send(http.port(), "GET %s HTTP/1.1".formatted(address));

      assertThat(refused.status()).as(address).isEqualTo(400);
      assertThat(refused.json().at("/error/code").asString()).isEqualTo("invalid_request");
    }
  }

  @Test
  void headersThatCannotBeReadAreAProblem() {
    RawHttp tooLong =
        RawHttp.send(http.port(), "GET /api/v1/corpora HTTP/1.1", "X: " + "x".repeat(20_000));
    RawHttp illegal = RawHttp.send(http.port(), "GET /api/v1/corpora HTTP/1.1", "X\u0001Y: 1");

    assertThat(tooLong.status()).isBetween(400, 431);
    assertThat(tooLong.json().path("status").asInt()).isEqualTo(tooLong.status());
    assertThat(tooLong.json().path("code").asString()).isEqualTo("invalid_request");
    assertThat(illegal.json().path("code").asString()).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/api/v1", "/api/v1/nothing", "/api/v2/corpora"})
  void whereThereIsNothingAProblemSaysWhereThereIs(String path) {
    CairnHttp.Answer refused = http.get(path);

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.code()).isEqualTo("not_found");
    assertThat(refused.response().headers().firstValue("content-type"))
        .hasValue("application/problem+json");
    assertThat(refused.body().path("detail").asString())
        .isEqualTo(
            "There is nothing at %s. The API is under /api/v1, and described at /v3/api-docs."
                .formatted(path));
  }

  @Test
  void thePageOfErrorsIsNoPageOfItsOwn() {
    assertThat(http.get("/error").code()).isEqualTo("not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/completions", "/v1/responses", "/v1/embeddings"})
  void anUnknownPathOfOpenAisNamesThoseThatExist(String path) {
    for (CairnHttp.Answer refused : List.of(http.get(path), http.postJson(path, "{}"))) {
      JsonNode error = refused.body().path("error");
      assertThat(refused.status()).isEqualTo(404);
      assertThat(error.path("code").asString()).isEqualTo("not_found");
      assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
      assertThat(error.path("message").asString())
          .contains(path, "POST /v1/chat/completions", "GET /v1/models");
    }
  }
}

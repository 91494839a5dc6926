package dev.cairn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.ingest.Uploading;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A page of an allowed host in a browser, and a service behind a proxy. */
@CairnTest
@TestPropertySource(properties = "cairn.access.allowed-hosts=app.example.test")
class CrossOriginTest {

  private static final String PATH = "/api/v1/corpora/cross-origin";
  private static final String FOREIGN = "https://evil.example.test";

  @Autowired private CairnHttp http;

  @ParameterizedTest
  @ValueSource(strings = {"https://app.example.test", "http://app.example.test:3000"})
  void aPageOfAnAllowedHostMayAsk(String origin) {
    CairnHttp.Answer preflight = preflight(origin);
    CairnHttp.Answer made =
        http.send(
            "PUT", PATH, BodyPublishers.noBody(), "origin", origin, "sec-fetch-site", "cross-site");

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(header(preflight, "access-control-allow-origin")).isEqualTo(origin);
    assertThat(header(preflight, "access-control-allow-methods")).contains("PUT");
    assertThat(header(preflight, "access-control-allow-headers")).contains("content-type");
    assertThat(made.status()).isEqualTo(200);
    assertThat(header(made, "access-control-allow-origin")).isEqualTo(origin);
    assertThat(header(made, "access-control-expose-headers")).contains("Location");
  }

  @Test
  void aPageOfAnotherHostMayNot() {
    CairnHttp.Answer preflight = preflight(FOREIGN);

    assertThat(preflight.status()).isEqualTo(403);
    assertThat(preflight.code()).isEqualTo("forbidden_origin");
    assertThat(header(preflight, "access-control-allow-origin")).isEmpty();
  }

  private CairnHttp.Answer preflight(String origin) {
    return http.send(
        "OPTIONS",
        PATH,
        BodyPublishers.noBody(),
        "origin",
        origin,
        "access-control-request-method",
        "PUT",
        "access-control-request-headers",
        "content-type");
  }

  @Test
  void aProxysPrefixStandsInLocation() {
    CairnHttp.Answer uploaded =
        new Uploading(http)
            .sendWith("cross-origin", "a.txt", "Behind a proxy.", "x-forwarded-prefix", "/cairn");

    assertThat(header(uploaded, "location"))
        .isEqualTo("/cairn/api/v1/documents/" + uploaded.body().path("id").asString());
  }

  @Test
  void underAPrefixErrorsOfOpenAisPathsKeepTheirForm() {
    CairnHttp.Answer refused =
        http.send(
            "GET", "/v1/completions", BodyPublishers.noBody(), "x-forwarded-prefix", "/cairn");

    assertThat(refused.body().at("/error/code").asString()).isEqualTo("not_found");
    assertThat(refused.body().at("/error/message").asString()).contains("POST /v1/chat");
  }

  @Test
  void whoClaimsToBeAProxyIsStillAskedUnderWhichNameItWasFound() {
    CairnHttp.Answer refused =
        http.send(
            "GET",
            PATH,
            BodyPublishers.noBody(),
            "origin",
            FOREIGN,
            "x-forwarded-host",
            "evil.example.test",
            "x-forwarded-proto",
            "https");

    assertThat(refused.code()).isEqualTo("forbidden_origin");
  }

  private static String header(CairnHttp.Answer answer, String name) {
    return answer.response().headers().firstValue(name).orElse("");
  }
}

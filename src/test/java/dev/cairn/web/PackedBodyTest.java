package dev.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Library;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Bodies that were packed on their way. */
@CairnTest
class PackedBodyTest {

  private static final String QUESTIONS = "/api/v1/corpora/packed/questions";
  private static final String QUESTION = "{\"question\":\"Who?\",\"maxTokens\":1}";
  private static final int ABOVE_THE_LIMIT = 2 << 20;

  @Autowired private CairnHttp http;

  @BeforeEach
  void upload() {
    new Library(http, "packed").add("codes.txt", "The gate code is QX-7731. ".repeat(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZip", "identity, gzip"})
  void jsonIsUnpacked(String coding) {
    assertThat(post(coding, gzip(QUESTION)).status()).isEqualTo(200);
  }

  @Test
  void whatIsNotPackedIsReadAsItIs() {
    assertThat(post("identity", QUESTION.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(200);
  }

  @Test
  void whatGrowsBeyondTheLimitIsTooLarge() {
    byte[] small = gzip(QUESTION + " ".repeat(ABOVE_THE_LIMIT));
    assertThat(small.length).isLessThan(10_000);

    CairnHttp.Answer refused = post("gzip", small);

    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.code()).isEqualTo("too_large");
    assertThat(refused.body().path("detail").asString()).contains("cairn.access.body-limit");
  }

  @Test
  void aDamagedStreamIsRefused() {
    byte[] whole = gzip(QUESTION);
    for (byte[] damaged :
        new byte[][] {
          Arrays.copyOf(whole, whole.length - 9), QUESTION.getBytes(StandardCharsets.UTF_8)
        }) {
      CairnHttp.Answer refused = post("gzip", damaged);

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.code()).isEqualTo("invalid_request");
      assertThat(refused.body().path("detail").asString()).contains("gzip");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "zstd", "gzip, gzip", "aws-chunked"})
  void anotherCodingIsRefusedByName(String coding) {
    CairnHttp.Answer refused = post(coding, QUESTION.getBytes(StandardCharsets.UTF_8));

    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.code()).isEqualTo("unsupported_encoding");
    assertThat(refused.body().path("detail").asString()).contains(coding);
    assertThat(refused.response().headers().firstValue("accept-encoding")).hasValue("gzip");
  }

  @Test
  void aPackedFormIsRefused() {
    CairnHttp.Answer refused =
        http.send(
            "POST",
            "/api/v1/corpora/packed/documents",
            BodyPublishers.ofByteArray(gzip("--b--")),
            "content-type",
            "multipart/form-data; boundary=b",
            "content-encoding",
            "gzip");

    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.code()).isEqualTo("unsupported_encoding");
  }

  private CairnHttp.Answer post(String coding, byte[] body) {
    return http.send(
        "POST",
        QUESTIONS,
        BodyPublishers.ofByteArray(body),
        "content-type",
        "application/json",
        "content-encoding",
        coding);
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}

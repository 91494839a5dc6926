package dev.cairn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@SpringBootTest(
    classes = ProblemAdviceTest.Server.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.servlet.multipart.max-file-size=1KB",
      "spring.servlet.multipart.max-request-size=1MB",
      "management.endpoint.health.group.readiness.include=readinessState"
    })
class ProblemAdviceTest {

  @Autowired private CairnHttp http;

  @EnableAutoConfiguration(
      exclude = {
        DataSourceAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class,
        FlywayAutoConfiguration.class
      })
  @Import({ProblemAdvice.class, Failing.class, CairnHttp.class})
  static class Server {}

  record Body(@NotBlank String question, @Positive int maxTokens) {}

  @RestController
  static class Failing {

    @GetMapping("/problem")
    String problem() {
      throw new Problem(ProblemCode.CORPUS_EMPTY, "Upload a document first.");
    }

    @GetMapping("/overloaded")
    String overloaded() {
      throw new Problem(ProblemCode.OVERLOADED, "Ask again later.");
    }

    @GetMapping("/full")
    String full() {
      throw new UncheckedIOException(new IOException("write: No space left on device"));
    }

    @GetMapping("/database-full")
    String databaseFull() {
      throw new IllegalStateException(new SQLException("could not extend file", "53100"));
    }

    @GetMapping("/database-translated")
    String databaseTranslated() {
      throw new DataAccessResourceFailureException(
          "in Spring's words", new SQLException("could not extend file", "53100"));
    }

    @GetMapping("/no-database")
    String noDatabase() {
      throw new CannotCreateTransactionException("connection refused");
    }

    @GetMapping("/bug")
    String bug() {
      throw new IllegalStateException("secret detail");
    }

    @PostMapping("/body")
    String body(@Valid @RequestBody Body body) {
      return body.question();
    }

    @PostMapping("/part")
    String part(@RequestParam MultipartFile file) {
      return file.getName();
    }

    @GetMapping("/unconvertible")
    String unconvertible(@RequestParam Runnable task) {
      return task.toString();
    }

    @GetMapping("/positive")
    String positive(@RequestParam @Positive int limit) {
      return Integer.toString(limit);
    }
  }

  @Test
  void aProblemIsRenderedWithItsCodeAndWhatToDo() {
    CairnHttp.Answer answer = http.get("/problem");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("corpus_empty");
    assertThat(answer.body().path("detail").asString()).isEqualTo("Upload a document first.");
    assertThat(answer.body().path("status").asInt()).isEqualTo(409);
    assertThat(answer.response().headers().firstValue("content-type"))
        .contains("application/problem+json");
  }

  @Test
  void aProblemIsRenderedForAReaderOfEventsToo() {
    CairnHttp.Answer answer =
        http.send("GET", "/problem", BodyPublishers.noBody(), "accept", "text/event-stream");
    assertThat(answer.code()).isEqualTo("corpus_empty");
  }

  @Test
  void whatIsTemporarySaysWhenToTryAgain() {
    CairnHttp.Answer answer = http.get("/overloaded");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.response().headers().firstValueAsLong("retry-after")).isPresent();
    assertCode(http.get("/no-database"), 503, "overloaded");
  }

  @Test
  void aFullDiskIsSaidWhereverItIsFound() {
    assertCode(http.get("/full"), 507, "disk_full");
    assertCode(http.get("/database-full"), 507, "disk_full");
    assertCode(http.get("/database-translated"), 507, "disk_full");
  }

  @Test
  void aBugIsToldByAnIdAlone() {
    CairnHttp.Answer answer = http.get("/bug");
    assertCode(answer, 500, "internal");
    assertThat(answer.response().body()).doesNotContain("secret", "Exception", "at dev.");
    assertThat(answer.body().path("detail").asString()).containsPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
  }

  @Test
  void aBugThatTheFrameworkFindsIsLoggedUnderAnIdToo() {
    CairnHttp.Answer answer = http.get("/unconvertible?task=rest");
    assertCode(answer, 500, "internal");
    assertThat(answer.body().path("detail").asString()).containsPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
  }

  @Test
  void invalidFieldsAreNamed() {
    CairnHttp.Answer answer = http.postJson("/body", "{\"question\":\" \",\"maxTokens\":0}");
    assertCode(answer, 400, "invalid_request");
    assertThat(answer.body().path("detail").asString()).contains("maxTokens", "question");
    assertThat(http.get("/positive?limit=0").body().path("detail").asString()).contains("limit");
  }

  @Test
  void aBodyThatCannotBeReadIsRefused() {
    assertCode(http.postJson("/body", "{"), 400, "invalid_request");
    assertCode(http.postJson("/body", ""), 400, "invalid_request");
    CairnHttp.Answer wrong = http.postJson("/body", "{\"question\":\"a\",\"maxTokens\":\"many\"}");
    assertCode(wrong, 400, "invalid_request");
    assertThat(wrong.body().path("detail").asString()).contains("maxTokens");
  }

  @Test
  void requestsOfTheWrongKindAreRefused() {
    assertCode(http.get("/no-such-route"), 404, "not_found");
    assertCode(http.delete("/body"), 405, "method_not_allowed");
    assertCode(
        http.send("POST", "/body", BodyPublishers.ofString("a"), "content-type", "text/plain"),
        415,
        "unsupported_format");
    assertCode(http.get("/positive"), 400, "invalid_request");
    assertCode(http.get("/positive?limit=many"), 400, "invalid_request");
  }

  @Test
  void multipartIsCheckedForItsPartsAndItsSize() {
    assertCode(http.postJson("/part", "{}"), 400, "invalid_request");
    assertCode(multipart("other", 1), 400, "invalid_request");
    assertThat(multipart("file", 1024).status()).isEqualTo(200);
    CairnHttp.Answer tooLarge = multipart("file", 1025);
    assertCode(tooLarge, 413, "too_large");
    assertThat(tooLarge.body().path("detail").asString())
        .contains("1024 bytes", "cairn.ingest.upload-limit");
  }

  private CairnHttp.Answer multipart(String part, int bytes) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"f\"\r\n\r\n%s\r\n--b--\r\n"
            .formatted(part, "x".repeat(bytes));
    return http.send(
        "POST",
        "/part",
        BodyPublishers.ofString(body),
        "content-type",
        "multipart/form-data; boundary=b");
  }

  private static void assertCode(CairnHttp.Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }
}

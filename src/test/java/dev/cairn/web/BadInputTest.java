package dev.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Library;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What may come in a question, asked through each API: a stated error or a stated result. */
@CairnTest
@TestPropertySource(properties = "cairn.access.body-limit=200KB")
class BadInputTest {

  private static final String CORPUS = "bad-input";
  private static final int LIMIT = 200 << 10;
  private static final JsonMapper JSON = new JsonMapper();

  /** Where and how a question is asked. */
  enum Api {
    NATIVE("/api/v1/corpora/%s/questions".formatted(CORPUS), "code", "/text"),
    ACROSS("/api/v1/questions", "code", "/text"),
    OPENAI("/v1/chat/completions", "error/code", "/choices/0/message/content");

    private final String path;
    private final String code;
    private final String text;

    Api(String path, String code, String text) {
      this.path = path;
      this.code = "/" + code;
      this.text = text;
    }

    String question(String question) {
      return JSON.writeValueAsString(
          switch (this) {
            case NATIVE -> Map.of("question", question, "maxTokens", 2);
            case ACROSS ->
                Map.of(
                    "question",
                    question,
                    "maxTokens",
                    2,
                    "scope",
                    Map.of("corpora", List.of(CORPUS)));
            case OPENAI ->
                Map.of(
                    "model",
                    "cairn/" + CORPUS,
                    "max_tokens",
                    2,
                    "messages",
                    List.of(Map.of("role", "user", "content", question)));
          });
    }
  }

  @Autowired private CairnHttp http;

  @BeforeEach
  void upload() {
    new Library(http, CORPUS).add("codes.txt", "The gate code is QX-7731. ".repeat(10));
  }

  @ParameterizedTest
  @EnumSource
  void whatShowsNothingIsNoQuestion(Api api) {
    for (String nothing :
        List.of(
            "",
            " \t\n",
            "\u0000\u0007",
            "\u200B\u2060\uFEFF",
            "\u3164",
            "\uDB40\uDC41",
            "\u0301")) {
      assertRefused(api, send(api, api.question(nothing)), 400, "invalid_request");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyScriptIsAnswered(Api api) {
    for (String question :
        List.of(
            "大门的密码是什么？", "ما هو رمز البوابة؟", "🚪🔑❓👩‍👩‍👧", "צופן\u202E?", "e\u0301\u0327?")) {
      CairnHttp.Answer answer = send(api, api.question(question));

      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
      assertThat(answer.body().at(api.text).isString()).isTrue();
      assertThat(newest().path("question").asString()).isEqualTo(question);
    }
  }

  @ParameterizedTest
  @EnumSource
  void controlCharactersAreDropped(Api api) {
    assertThat(send(api, api.question("Wh\u0000o\u0007 \u001Bis\u0085 it?\u0000")).status())
        .isEqualTo(200);

    assertThat(newest().path("question").asString()).isEqualTo("Who is it?");
  }

  /** The database would refuse a NUL. */
  @ParameterizedTest
  @EnumSource
  void aNameWithControlCharactersIsRefused(Api api) {
    String question = api.question("Who?").replace(CORPUS, "a\\u0000b");

    if (api == Api.NATIVE) {
      assertThat(http.postJson(api.path.replace(CORPUS, "a%00b"), question).status())
          .isEqualTo(400);
    } else {
      assertRefused(api, send(api, question), 400, "invalid_request");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aQuestionOfAHundredKilobytesIsTooLong(Api api) {
    CairnHttp.Answer refused = send(api, api.question("What is it? ".repeat(8_500)));

    if (api == Api.OPENAI) {
      assertRefused(api, refused, 400, "context_length_exceeded");
    } else {
      assertRefused(api, refused, 422, "question_too_long");
    }
    assertThat(refused.response().body()).contains("16,384");
  }

  @ParameterizedTest
  @EnumSource
  void aBodyIsTakenUpToTheLimitAndNotOneByteOver(Api api) {
    byte[] most = bytes(api, LIMIT);
    byte[] over = bytes(api, LIMIT + 1);

    assertThat(send(api, BodyPublishers.ofByteArray(most)).status()).isEqualTo(200);
    assertThat(send(api, chunked(most)).status()).isEqualTo(200);
    for (BodyPublisher body :
        List.of(BodyPublishers.ofByteArray(over), chunked(over), chunked(bytes(api, 10 * LIMIT)))) {
      CairnHttp.Answer refused = send(api, body);
      assertRefused(api, refused, 413, "too_large");
      assertThat(refused.response().body()).contains("204800", "cairn.access.body-limit");
    }
  }

  /** A question with white space behind it, of so many bytes. */
  private static byte[] bytes(Api api, int length) {
    String question = api.question("Who?");
    return (question + " ".repeat(length - question.length())).getBytes(StandardCharsets.UTF_8);
  }

  private static BodyPublisher chunked(byte[] body) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoJsonOrNestedWithoutEndIsRefused(Api api) {
    String whole = api.question("Who?");
    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "\"Who?\"",
            "question=Who",
            whole.substring(0, whole.length() - 1),
            whole.replace("{", "{\"a\":" + "[".repeat(50_000)),
            whole.substring(0, whole.length() - 1)
                + ",\"metadata\":"
                + "{\"a\":".repeat(5_000)
                + "1"
                + "}".repeat(5_000)
                + "}",
            whole.replace("Who?", "Who \u0000?"),
            whole.replace("Who?", "Who \\ud8zz?"))) {
      assertRefused(api, send(api, body), 400, "invalid_request");
    }
    assertThat(http.get("/api/v1/corpora").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void optionsThatContradictEachOtherAreRefused(Api api) {
    String contradiction =
        switch (api) {
          case NATIVE -> ",\"scope\":{\"corpora\":[\"another\"]}}";
          case ACROSS -> ",\"max_tokens\":3}";
          case OPENAI -> ",\"max_completion_tokens\":3}";
        };
    String question = api.question("Who?");

    assertRefused(
        api,
        send(api, question.substring(0, question.length() - 1) + contradiction),
        400,
        "invalid_request");
  }

  @ParameterizedTest
  @EnumSource
  void brokenUtf8IsRefused(Api api) {
    byte[] body = api.question("Who?").getBytes(StandardCharsets.UTF_8);
    body[new String(body, StandardCharsets.UTF_8).indexOf("Who")] = (byte) 0xFF;

    assertRefused(api, send(api, BodyPublishers.ofByteArray(body)), 400, "invalid_request");
  }

  private JsonNode newest() {
    return http.get("/api/v1/answers?limit=1").body().at("/items/0");
  }

  private CairnHttp.Answer send(Api api, String body) {
    return send(api, BodyPublishers.ofString(body));
  }

  private CairnHttp.Answer send(Api api, BodyPublisher body) {
    return http.send("POST", api.path, body, "content-type", "application/json");
  }

  private static void assertRefused(Api api, CairnHttp.Answer refused, int status, String code) {
    assertThat(refused.status()).as("%s", refused.response().body()).isEqualTo(status);
    assertThat(refused.body().at(api.code).asString()).isEqualTo(code);
  }
}

package dev.cairn.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Admission;
import dev.cairn.answer.FullQueue;
import dev.cairn.answer.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of OpenAI's protocol that others wrote against the running service. */
@CairnTest
class OpenAiClientsTest {

  private static final String CORPUS = "official";
  private static final String QUESTION = "What is the gate code?";
  private static final Map<OpenAiClient, List<String>> ERRORS =
      Map.of(
          OpenAiClient.OPENAI,
          List.of(
              "NotFoundError 404 model_not_found",
              "BadRequestError 400 invalid_request",
              "BadRequestError 400 context_length_exceeded",
              "APIStatusError 413 too_large",
              "BadRequestError 400 unsupported_parameter"),
          OpenAiClient.OPENAI_JAVASCRIPT,
          List.of(
              "NotFoundError 404 model_not_found",
              "BadRequestError 400 invalid_request",
              "BadRequestError 400 context_length_exceeded",
              "APIError 413 too_large",
              "BadRequestError 400 unsupported_parameter"),
          OpenAiClient.LITELLM,
          List.of(
              "NotFoundError 404",
              "BadRequestError 400",
              "ContextWindowExceededError 400",
              "APIError 413",
              "BadRequestError 400"),
          OpenAiClient.LANGCHAIN,
          List.of(
              "OpenAIModelNotFoundError 404 model_not_found",
              "OpenAIInvalidRequestError 400 invalid_request",
              "OpenAIContextOverflowError 400 context_length_exceeded",
              "APIStatusError 413 too_large",
              "OpenAIInvalidRequestError 400 unsupported_parameter"));

  @Autowired private CairnHttp http;
  @Autowired private Admission admission;
  private Library library;

  @BeforeEach
  void upload() {
    library = new Library(http, CORPUS);
    library.add("codes.txt", "The gate code is QX-7731. Fee 8.40. ".repeat(30));
  }

  @ParameterizedTest
  @EnumSource
  void answersAndErrorsAreTheOnesItKnows(OpenAiClient client) throws Exception {
    client.needed();

    OpenAiClient.Printed printed = ask(client);

    assertThat(printed.code()).as(printed.text()).isZero();
    JsonNode seen = new JsonMapper().readTree(printed.text());
    assertAnswers(seen);
    assertThat(strings(seen.path("errors"))).containsExactlyElementsOf(ERRORS.get(client));
    if (client != OpenAiClient.LANGCHAIN) { // which lists no models
      assertThat(strings(seen.path("models"))).contains("cairn/" + CORPUS);
    }
    if (client != OpenAiClient.OPENAI_JAVASCRIPT) { // all of which is asynchronous
      String text = seen.path("text").asString();
      assertThat(strings(seen.path("asynchronous"))).containsExactly(text, text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFullQueueIsARateLimit(OpenAiClient client) throws Exception {
    client.needed();
    try (FullQueue _ = FullQueue.of(admission, 24, 48)) { // three quarters of 32 and of 64

      OpenAiClient.Printed printed = ask(client);

      assertThat(printed.code()).isNotZero();
      assertThat(printed.text())
          .containsPattern("(^|\\W)(OpenAI)?RateLimitError")
          .contains("48 of your questions are waiting already.");
    }
  }

  @ParameterizedTest
  @CsvSource({"OPENAI,python", "OPENAI_JAVASCRIPT,js", "LITELLM,python", "LANGCHAIN,python"})
  void itsExampleOnTheApiPagePrintsTheAnswer(
      OpenAiClient client, String language, @TempDir Path folder) throws Exception {
    client.needed();
    String answer = library.ask("Who signed the contract?", 128).path("text").asString();

    OpenAiClient.Printed printed = client.run(example(client, language), folder);

    assertThat(printed.code()).as(printed.text()).isZero();
    assertThat(printed.text().strip()).isEqualTo(answer.strip());
  }

  /** The first block of the language that imports the client. */
  private String example(OpenAiClient client, String language) throws IOException {
    return Pattern.compile("(?ms)^```%s\\n(.*?)^```$".formatted(language))
        .matcher(Files.readString(Path.of("docs/api.md")))
        .results()
        .map(block -> block.group(1))
        .filter(client::isImportedBy)
        .findFirst()
        .orElseThrow()
        .replace("localhost:8080", "localhost:" + http.port())
        .replace("cairn/library", "cairn/" + CORPUS);
  }

  private OpenAiClient.Printed ask(OpenAiClient client) throws Exception {
    return client.ask(http.uri("/v1").toString(), "cairn/" + CORPUS, QUESTION);
  }

  private void assertAnswers(JsonNode seen) {
    JsonNode answer = library.ask(QUESTION, 24);
    String text = answer.path("text").asString();
    long cached = answer.path("report").path("tokensNotReencoded").asLong();
    long prompt = cached + answer.path("usage").path("promptTokens").asLong();
    assertThat(seen.path("text").asString()).isEqualTo(text);
    assertThat(seen.path("streamed").asString()).isEqualTo(text);
    assertThat(seen.path("finishReason").asString()).isEqualTo("length");
    assertThat(seen.path("completionTokens").asInt()).isEqualTo(24);
    assertThat(seen.path("streamedCompletionTokens").asInt()).isEqualTo(24);
    assertThat(seen.path("promptTokens").asLong()).isEqualTo(prompt);
    assertThat(seen.path("cachedTokens").asLong()).isEqualTo(cached);
    assertThat(seen.path("conversationTokens").asLong()).isGreaterThan(prompt);
    assertThat(text).startsWith(seen.path("stopped").asString());
    assertThat(seen.path("stopped").asString().length()).isLessThan(text.length());
  }

  private static List<String> strings(JsonNode values) {
    return values.valueStream().map(JsonNode::asString).toList();
  }
}

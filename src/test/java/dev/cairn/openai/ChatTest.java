package dev.cairn.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Admission;
import dev.cairn.answer.Library;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's form of a question, on the wire. */
@CairnTest
class ChatTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String CORPUS = "chatted";
  private static final String QUESTION = "What is the gate code?";
  private static final JsonMapper JSON = new JsonMapper();

  @Autowired private CairnHttp http;
  @Autowired private Admission admission;

  private Library library;

  @BeforeEach
  void upload() {
    library = new Library(http, CORPUS);
    library.add("codes.txt", "The gate code is QX-7731. Fee £8.40. ".repeat(30));
  }

  @Test
  void anAnswerIsTheOneOfTheNativeApiWithItsSources() {
    JsonNode answer = library.ask(QUESTION, 24);

    JsonNode chat = chat("'max_tokens':24").body();

    JsonNode message = chat.path("choices").path(0).path("message");
    JsonNode cairn = message.path("cairn");
    assertThat(message.path("role").asString()).isEqualTo("assistant");
    assertThat(message.path("content")).isEqualTo(answer.path("text"));
    assertThat(cairn.path("citations")).isEqualTo(answer.path("citations"));
    assertThat(chat.path("choices").path(0).path("finish_reason").asString()).isEqualTo("length");
    assertThat(chat.path("object").asString()).isEqualTo("chat.completion");
    assertThat(chat.path("model").asString()).isEqualTo("cairn/" + CORPUS);
    String id = cairn.path("answerId").asString();
    assertThat(chat.path("id").asString()).isEqualTo("chatcmpl-" + id);
    JsonNode stored = http.get("/api/v1/answers/" + id).body();
    assertThat(stored.path("text")).isEqualTo(answer.path("text"));
    assertThat(chat.path("created").asLong())
        .isCloseTo(
            java.time.Instant.parse(stored.path("createdAt").asString()).getEpochSecond(),
            org.assertj.core.api.Assertions.within(1L));
  }

  @Test
  void theDocumentsCountAsCachedTokensOfThePrompt() {
    JsonNode answer = library.ask(QUESTION, 2);

    JsonNode usage = chat("'max_tokens':2").body().path("usage");

    long cached = usage.path("prompt_tokens_details").path("cached_tokens").asLong();
    assertThat(cached)
        .isPositive()
        .isEqualTo(answer.path("report").path("tokensNotReencoded").asLong());
    assertThat(usage.path("prompt_tokens").asLong() - cached)
        .isEqualTo(answer.path("usage").path("promptTokens").asLong());
    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(2);
    assertThat(usage.path("total_tokens").asLong())
        .isEqualTo(usage.path("prompt_tokens").asLong() + 2);
  }

  @Test
  void aStreamGivesTheSameTextAndEndsWithTheSourcesTheUsageAndDone() throws IOException {
    String text = library.ask(QUESTION, 24).path("text").asString();

    List<String> data = stream("'max_tokens':24,'stream_options':{'include_usage':true}", 1000);

    assertThat(data.removeLast()).isEqualTo("[DONE]");
    List<JsonNode> chunks = data.stream().map(JSON::readTree).toList();
    JsonNode usage = chunks.getLast();
    assertThat(usage.path("choices").size()).isZero();
    assertThat(usage.path("usage").path("completion_tokens").asInt()).isEqualTo(24);
    JsonNode first = chunks.getFirst().path("choices").path(0);
    assertThat(first.path("delta").path("role").asString()).isEqualTo("assistant");
    assertThat(first.path("finish_reason").isNull()).isTrue();
    JsonNode last = chunks.get(chunks.size() - 2).path("choices").path(0);
    assertThat(last.path("finish_reason").asString()).isEqualTo("length");
    assertThat(last.path("delta").path("cairn").path("citations").size()).isPositive();
    assertThat(content(chunks)).isEqualTo(text);
    assertThat(chunks).extracting(chunk -> chunk.path("id")).containsOnly(usage.path("id"));
    assertThat(chunks)
        .extracting(chunk -> chunk.path("object").asString())
        .containsOnly("chat.completion.chunk");
  }

  private static String content(List<JsonNode> chunks) {
    StringBuilder text = new StringBuilder();
    chunks.forEach(
        chunk ->
            text.append(chunk.path("choices").path(0).path("delta").path("content").asString("")));
    return text.toString();
  }

  @Test
  void theAnswerEndsBeforeAStop() throws IOException {
    String text = library.ask(QUESTION, 24).path("text").asString();
    String stop = text.substring(7, 9);
    String before = text.substring(0, text.indexOf(stop));

    JsonNode choice =
        chat("'max_tokens':24,'stop':" + JSON.writeValueAsString(stop)).body().path("choices");
    List<String> data =
        stream("'max_tokens':24,'stop':" + JSON.writeValueAsString(List.of("~~", stop)), 1000);

    assertThat(choice.path(0).path("message").path("content").asString()).isEqualTo(before);
    assertThat(choice.path(0).path("finish_reason").asString()).isEqualTo("stop");
    data.removeLast();
    assertThat(content(data.stream().map(JSON::readTree).toList())).isEqualTo(before);
  }

  @Test
  void earlierTurnsArePartOfThePromptAndTheOldestAreCut() {
    String old = "a".repeat(300);
    JsonNode chat =
        send("{'model':'cairn/%s','max_tokens':2,'messages':[%s,%s,%s,%s,%s]}"
                .formatted(
                    CORPUS,
                    message("user", old),
                    message("assistant", "Yes."),
                    message("user", "Is there a gate?"),
                    message("assistant", "There is."),
                    message("user", QUESTION)))
            .body();

    JsonNode cairn = chat.path("choices").path(0).path("message").path("cairn");
    assertThat(cairn.path("conversation").path("turnsRead").asInt()).isEqualTo(2);
    assertThat(cairn.path("conversation").path("turnsCut").asInt()).isEqualTo(2);
  }

  @Test
  void aClientThatLeavesEndsTheAnswer() throws IOException {
    List<String> data = stream("'max_tokens':900", 4);
    String id = JSON.readTree(data.getFirst()).path("id").asString().substring(9);

    await().until(() -> !state(id).equals("running"));

    assertThat(state(id)).isEqualTo("cancelled");
    await().until(() -> admission.open() == 0);
  }

  private String state(String id) {
    return http.get("/api/v1/answers/" + id).body().path("state").asString();
  }

  @Test
  void corporaAreModelsAlsoWithAnEscapedSlash() {
    JsonNode models = http.get("/v1/models").body();
    assertThat(models.path("object").asString()).isEqualTo("list");
    assertThat(models.path("data").findValuesAsString("id")).contains("cairn/" + CORPUS);

    for (String slash : List.of("/", "%2F")) {
      JsonNode model = http.get("/v1/models/cairn" + slash + CORPUS).body();
      assertThat(model.path("id").asString()).isEqualTo("cairn/" + CORPUS);
      assertThat(model.path("owned_by").asString()).isEqualTo("cairn");
      assertThat(model.path("created").asLong()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'n':2 | 400 | unsupported_parameter | n | or send 1",
        "'n':'1' | 400 | unsupported_parameter | n | or send 1",
        "'n':'none' | 400 | unsupported_parameter | n | or send 1",
        "'presence_penalty':1 | 400 | unsupported_parameter | presence_penalty | or send 0",
        "'max_tokens':30.5 | 400 | invalid_request | max_tokens | max_tokens must be a whole number",
        "'max_tokens':'30' | 400 | invalid_request | max_tokens | max_tokens must be a whole number",
        "'seed':18446744073709551615 | 400 | invalid_request | seed | to 9223372036854775807",
        "'min_evidence':2 | 400 | invalid_request | min_evidence | from -1 to 1",
        "'messages':[{'role':'user','content':'a'},{'role':'function','content':'b'},"
            + "{'role':'user','content':'c'}] | 400 | unsupported_parameter | messages | function",
        "'messages':[{'role':'assistant','tool_calls':[{}]},{'role':'user','content':'c'}] | 400 |"
            + " unsupported_parameter | messages | tool_calls",
        "'tools':[{'type':'function'}] | 400 | unsupported_parameter | tools | ",
        "'response_format':{'type':'json_object'} | 400 | unsupported_parameter | response_format | ",
        "'logprobs':true | 400 | unsupported_parameter | logprobs | ",
        "'frequency_penalty':0.5 | 400 | unsupported_parameter | frequency_penalty | ",
        "'temperature':3 | 400 | invalid_request | temperature | ",
        "'temperature':'hot' | 400 | invalid_request | temperature | ",
        "'top_p':0 | 400 | invalid_request | top_p | ",
        "'max_tokens':0 | 400 | invalid_request | max_tokens | ",
        "'max_tokens':3,'max_completion_tokens':4 | 400 | invalid_request | max_tokens | ",
        "'stop':['a','b','c','d','e'] | 400 | invalid_request | stop | ",
        "'stop':7 | 400 | invalid_request | stop | ",
        "'stop':'' | 400 | invalid_request | stop | ",
        "'messages':[] | 400 | invalid_request | messages | ",
        "'messages':[{'role':'user','content':'\\u200b'}] | 400 | invalid_request | messages | ",
        "'messages':[{'role':'assistant','content':'a'}] | 400 | unsupported_parameter | messages | ",
        "'messages':[{'role':'tool','content':'a'},{'role':'user','content':'a'}] | 400 |"
            + " unsupported_parameter | messages | the role tool",
        "'messages':[{'role':'user','content':[{'type':'image_url'}]}] | 400 |"
            + " unsupported_parameter | messages | image_url",
        "'model':'gpt-4o' | 404 | model_not_found | model | ",
        "'model':'cairn/nowhere' | 404 | model_not_found | | ",
      })
  void whatCannotBeDoneIsAnErrorInOpenAisForm(
      String field, int status, String code, String param, String message) {
    CairnHttp.Answer refused = chat(field);

    assertThat(refused.status()).as("%s", refused.body()).isEqualTo(status);
    JsonNode error = refused.body().path("error");
    assertThat(error.path("code").asString()).isEqualTo(code);
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(error.path("param").asString("")).isEqualTo(param == null ? "" : param);
    assertThat(error.path("message").asString())
        .isNotBlank()
        .contains(message == null ? "" : message);
    assertThat(chat(field + ",'stream':true").body()).isEqualTo(refused.body());
  }

  @Test
  void aQuestionThatIsTooLongIsAnErrorInOpenAisForm() {
    for (String text : List.of("a".repeat(384), "é".repeat(100_000))) {
      CairnHttp.Answer refused = chat("'messages':[" + message("user", text) + "]");

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body().path("error").path("code").asString())
          .isEqualTo("context_length_exceeded");
      assertThat(refused.body().path("error").path("message").asString())
          .contains("at most", "are allowed")
          .contains("prompt is too long"); // by which LiteLLM and LangChain tell it
    }
  }

  @Test
  void everythingUnderV1FailsInOpenAisForm() {
    assertError(send("{'model':"), 400, "invalid_request");
    assertError(send("[]"), 400, "invalid_request");
    assertError(http.get("/v1/nothing"), 404, "not_found");
    assertError(http.get("/v1/models/gpt-4o"), 404, "model_not_found");
    assertError(http.get(PATH), 405, "method_not_allowed");
    assertError(http.delete("/v1/models"), 405, "method_not_allowed");
    assertError(
        http.send("POST", PATH, BodyPublishers.ofString("a"), "content-type", "text/plain"),
        415,
        "unsupported_format");
  }

  private static void assertError(CairnHttp.Answer refused, int status, String code) {
    assertThat(refused.status()).as("%s", refused.response().body()).isEqualTo(status);
    assertThat(refused.body().path("error").path("code").asString()).isEqualTo(code);
    assertThat(refused.response().headers().firstValue("content-type"))
        .hasValue("application/json");
  }

  @Test
  void optionsThatChangeNothingAreIgnored() {
    CairnHttp.Answer answer =
        chat(
            "'max_tokens':100000,'n':1,'user':'me','store':false,'tools':[],'tool_choice':'none',"
                + "'presence_penalty':0,'logit_bias':{},'response_format':{'type':'text'},"
                + "'stop':null,'seed':3,'top_p':1,'reasoning_effort':'low'");

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
  }

  @Test
  void anAnswerLimitOfAnySizeIsTheRoomThereIs() {
    for (String limit : List.of("2147483647", "2147483648", "99999999999999999999")) {
      assertThat(chat("'stop':['e','a','i','o'],'max_tokens':" + limit).status()).isEqualTo(200);
    }
  }

  @Test
  void aRefusalIsReadAsWhatTheAssistantSaid() {
    String history =
        "'messages':["
            + message("user", "Is there a gate?")
            + ",%s,"
            + message("user", QUESTION)
            + "]";
    for (String refusal :
        List.of(
            "{'role':'assistant','content':null,'refusal':'No.','tool_calls':[]}",
            "{'role':'assistant','content':[{'type':'refusal','refusal':'No.'}]}")) {
      JsonNode said =
          chat("'max_tokens':2," + history.formatted(refusal))
              .body()
              .at("/choices/0/message/cairn/conversation/turnsRead");
      assertThat(said.asInt()).isEqualTo(2);
    }
  }

  private static String message(String role, String content) {
    return "{'role':'%s','content':'%s'}".formatted(role, content);
  }

  /** Asks with fields beside, or instead of, model and messages. */
  private CairnHttp.Answer chat(String fields) {
    return send(request(fields));
  }

  private CairnHttp.Answer send(String json) {
    return http.postJson(PATH, json.replace('\'', '"'));
  }

  private static String request(String fields) {
    String model = fields.contains("'model'") ? "" : "'model':'cairn/%s',".formatted(CORPUS);
    String messages =
        fields.contains("'messages'")
            ? ""
            : "'messages':[%s],".formatted(message("user", QUESTION));
    return "{" + model + messages + fields + "}";
  }

  /** Reads so many data lines of a stream and leaves. */
  private List<String> stream(String fields, int limit) throws IOException {
    byte[] body =
        request(fields + ",'stream':true").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("localhost", http.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      + "Content-Length: %d\r\nConnection: close\r\n\r\n")
                  .formatted(PATH, body.length)
                  .getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      List<String> data = new ArrayList<>();
      String line = lines.readLine();
      while (line != null && data.size() < limit) {
        if (line.startsWith("data: ")) {
          data.add(line.substring(6));
        }
        line = data.size() < limit ? lines.readLine() : null;
      }
      return data;
    }
  }
}

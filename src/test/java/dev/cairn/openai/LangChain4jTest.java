package dev.cairn.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.CairnHttp;
import dev.cairn.CairnTest;
import dev.cairn.answer.Library;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A client of OpenAI's API that others wrote in Java. */
@CairnTest
class LangChain4jTest {

  private static final String CORPUS = "langchain4j";
  private static final String MODEL = "cairn/" + CORPUS;
  private static final String QUESTION = "What is the gate code?";
  private static final int TOKENS = 24;

  @Autowired private CairnHttp http;
  private JsonNode answer;

  @BeforeEach
  void upload() {
    Library library = new Library(http, CORPUS);
    library.add("codes.txt", "The gate code is QX-7731. Fee 8.40. ".repeat(30));
    answer = library.ask(QUESTION, TOKENS);
  }

  @Test
  void aWholeAnswerIsTheOneOfTheNativeApi() {
    ChatResponse response = model(MODEL).build().chat(UserMessage.from(QUESTION));

    assertIsTheAnswer(response);
    assertThat(response.id()).startsWith("chatcmpl-");
  }

  @Test
  void aStreamGivesTheSameAnswerPieceByPiece() throws Exception {
    Pieces pieces = new Pieces();
    OpenAiStreamingChatModel.builder()
        .baseUrl(base())
        .apiKey("any")
        .modelName(MODEL)
        .maxCompletionTokens(TOKENS)
        .build()
        .chat(QUESTION, pieces);

    assertIsTheAnswer(pieces.response.get(30, TimeUnit.SECONDS));
    assertThat(pieces.text).hasToString(answer.path("text").asString());
    assertThat(pieces.count.get()).isGreaterThan(1);
  }

  private void assertIsTheAnswer(ChatResponse response) {
    assertThat(response.aiMessage().text()).isEqualTo(answer.path("text").asString());
    assertThat(response.modelName()).isEqualTo(MODEL);
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
    OpenAiTokenUsage usage = (OpenAiTokenUsage) response.tokenUsage();
    assertThat(usage.outputTokenCount()).isEqualTo(TOKENS);
    assertThat(usage.inputTokensDetails().cachedTokens().longValue())
        .isEqualTo(answer.path("report").path("tokensNotReencoded").asLong());
  }

  @Test
  void aConversationIsRead() {
    ChatResponse response =
        model(MODEL)
            .build()
            .chat(
                SystemMessage.from("Be brief."),
                UserMessage.from("Is there a gate?"),
                AiMessage.from("There is."),
                UserMessage.from(QUESTION));

    assertThat(response.tokenUsage().inputTokenCount())
        .isGreaterThan(
            answer.path("report").path("tokensNotReencoded").asInt()
                + answer.path("usage").path("promptTokens").asInt());
  }

  @Test
  void corporaAreItsModels() {
    assertThat(OpenAiModelCatalog.builder().baseUrl(base()).apiKey("any").build().listModels())
        .extracting(ModelDescription::name)
        .contains(MODEL);
  }

  @Test
  void errorsAreTheOnesItKnows() {
    assertThatThrownBy(() -> model("cairn/nowhere").build().chat(QUESTION))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> model(MODEL).temperature(3.0).build().chat(QUESTION))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("temperature");
  }

  private OpenAiChatModel.OpenAiChatModelBuilder model(String name) {
    return OpenAiChatModel.builder()
        .baseUrl(base())
        .apiKey("any")
        .modelName(name)
        .maxTokens(TOKENS)
        .maxRetries(0);
  }

  private String base() {
    return http.uri("/v1").toString();
  }

  /** What a stream brings. */
  private static final class Pieces implements StreamingChatResponseHandler {

    private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
    private final StringBuffer text = new StringBuffer();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onPartialResponse(String piece) {
      text.append(piece);
      count.incrementAndGet();
    }

    @Override
    public void onCompleteResponse(ChatResponse whole) {
      response.complete(whole);
    }

    @Override
    public void onError(Throwable error) {
      response.completeExceptionally(error);
    }
  }
}

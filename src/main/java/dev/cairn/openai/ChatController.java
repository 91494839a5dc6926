package dev.cairn.openai;

import dev.cairn.access.Caller;
import dev.cairn.answer.Answer;
import dev.cairn.answer.AnswerQuestion;
import dev.cairn.answer.Question;
import dev.cairn.corpus.AskedScope;
import dev.cairn.stream.AnswerStreams;
import dev.cairn.stream.FollowStream;
import dev.cairn.stream.StreamEvent;
import dev.cairn.web.ClientConnection;
import dev.cairn.web.ServerSentEvents;
import dev.cairn.web.WaitingClient;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's chat completions: a corpus is a model. */
@RestController
final class ChatController {

  private final ParseChat parseChat;
  private final AnswerQuestion answerQuestion;
  private final AnswerStreams streams;
  private final FollowStream followStream;
  private final JsonMapper json;

  ChatController(
      ParseChat parseChat,
      AnswerQuestion answerQuestion,
      AnswerStreams streams,
      FollowStream followStream,
      JsonMapper json) {
    this.parseChat = parseChat;
    this.answerQuestion = answerQuestion;
    this.streams = streams;
    this.followStream = followStream;
    this.json = json;
  }

  /** Null when the answer was streamed. Whatever the client accepts, it gets what it asked for. */
  @PostMapping("/v1/chat/completions")
  @Nullable ResponseEntity<ChatCompletion> complete(
      Caller caller,
      @RequestBody ChatRequest request,
      @RequestAttribute(ClientConnection.ATTRIBUTE) ClientConnection connection,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    AskedScope scope = parseChat.scope(request);
    Question question = parseChat.question(request);
    if (request.streams()) {
      stream(
          request,
          streams.open(caller, scope, question, Duration.ZERO, connection::isGone),
          response);
      return null;
    }
    Answer answer = answerQuestion.answer(caller, scope, question, new WaitingClient(connection));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(ChatCompletion.of(String.valueOf(request.model()), answer));
  }

  private void stream(
      ChatRequest request, AnswerStreams.Opened opened, HttpServletResponse response)
      throws IOException, InterruptedException {
    var head = new ChatCompletion.Head(opened.id(), String.valueOf(request.model()));
    var writer = new ChatWriter(head, request.wantsUsage(), json, new ServerSentEvents(response));
    followStream.follow(opened.stream(), StreamEvent.BEFORE_ALL, writer);
  }
}

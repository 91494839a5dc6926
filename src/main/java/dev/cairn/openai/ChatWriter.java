package dev.cairn.openai;

import dev.cairn.answer.Answer;
import dev.cairn.answer.AnswerContent;
import dev.cairn.answer.RetrievalSummary;
import dev.cairn.problem.ProblemCode;
import dev.cairn.stream.StreamEvent;
import dev.cairn.stream.StreamWriter;
import dev.cairn.web.ServerSentEvents;
import java.io.IOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Writes the events of one answer as the chunks of OpenAI's chat completions. */
final class ChatWriter implements StreamWriter {

  private final ChatCompletion.Head head;
  private final boolean wantsUsage;
  private final JsonMapper json;
  private final ServerSentEvents out;

  ChatWriter(ChatCompletion.Head head, boolean wantsUsage, JsonMapper json, ServerSentEvents out) {
    this.head = head;
    this.wantsUsage = wantsUsage;
    this.json = json;
    this.out = out;
  }

  @Override
  public void write(StreamEvent event) throws IOException {
    switch (event.data()) {
      case RetrievalSummary _ -> part(new ChatCompletion.Message("assistant", "", null));
      case StreamEvent.Token token -> part(new ChatCompletion.Message(null, token.text(), null));
      case Answer answer -> done(answer);
      case Answer.Failure failure -> send(OpenAiError.of(failure));
      default -> {} // a citation or the report, which come with the end
    }
  }

  private void part(ChatCompletion.Message delta) throws IOException {
    send(head.part(delta, null));
  }

  private void done(Answer answer) throws IOException {
    AnswerContent content = Objects.requireNonNull(answer.content());
    send(
        head.part(
            new ChatCompletion.Message(null, null, ChatCompletion.Source.of(answer)),
            ChatCompletion.finishReason(content)));
    if (wantsUsage) {
      send(head.count(ChatUsage.of(content)));
    }
    out.send("data: [DONE]\n\n");
  }

  private void send(Object data) throws IOException {
    out.send("data: %s\n\n".formatted(json.writeValueAsString(data)));
  }

  @Override
  public void heartbeat() throws IOException {
    out.comment();
  }

  @Override
  public void reconnect() throws IOException {
    send(
        OpenAiError.of(
            new Answer.Failure(
                ProblemCode.OVERLOADED.json(), "The service is ending: ask again in a moment.")));
  }
}

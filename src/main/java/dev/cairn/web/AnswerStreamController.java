package dev.cairn.web;

import dev.cairn.access.Caller;
import dev.cairn.answer.Answer;
import dev.cairn.answer.Answers;
import dev.cairn.corpus.AskedScope;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.stream.AnswerEvents;
import dev.cairn.stream.AnswerStream;
import dev.cairn.stream.AnswerStreams;
import dev.cairn.stream.FollowStream;
import dev.cairn.stream.StreamEvent;
import dev.cairn.stream.StreamSettings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Answers as server-sent events, while they are written and again. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
final class AnswerStreamController {

  private final ParseScope parseScope;
  private final ParseQuestion parseQuestion;
  private final AnswerStreams streams;
  private final Answers answers;
  private final FollowStream followStream;
  private final StreamSettings settings;
  private final JsonMapper json;

  AnswerStreamController(
      ParseScope parseScope,
      ParseQuestion parseQuestion,
      AnswerStreams streams,
      Answers answers,
      FollowStream followStream,
      StreamSettings settings,
      JsonMapper json) {
    this.parseScope = parseScope;
    this.parseQuestion = parseQuestion;
    this.streams = streams;
    this.answers = answers;
    this.followStream = followStream;
    this.settings = settings;
    this.json = json;
  }

  @PostMapping("/corpora/{slug}/questions")
  void ask(
      Caller caller,
      @PathVariable String slug,
      @RequestBody QuestionRequest request,
      @RequestAttribute(ClientConnection.ATTRIBUTE) ClientConnection connection,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    ask(caller, parseScope.inCorpus(slug, request.scope()), request, connection, response);
  }

  @PostMapping("/questions")
  void ask(
      Caller caller,
      @RequestBody QuestionRequest request,
      @RequestAttribute(ClientConnection.ATTRIBUTE) ClientConnection connection,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    ask(caller, parseScope.acrossCorpora(request.scope()), request, connection, response);
  }

  private void ask(
      Caller caller,
      AskedScope scope,
      QuestionRequest request,
      ClientConnection connection,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    AnswerStreams.Opened opened =
        streams.open(
            caller,
            scope,
            parseQuestion.parse(request),
            settings.resumeGrace(),
            connection::isGone);
    EventWriter writer = new EventWriter(opened.id(), json, response);
    followStream.follow(opened.stream(), StreamEvent.BEFORE_ALL, writer);
  }

  @GetMapping("/answers/{id}")
  void resume(
      Caller caller,
      @PathVariable UUID id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEvent,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    Optional<AnswerStream> open = streams.find(caller, id);
    if (open.isPresent()) {
      long after = number(id, lastEvent);
      open.get().readerCame(after);
      followStream.follow(open.get(), after, new EventWriter(id, json, response));
    } else {
      replay(caller, id, lastEvent, response);
    }
  }

  private void replay(
      Caller caller, UUID id, @Nullable String lastEvent, HttpServletResponse response)
      throws IOException {
    Answer stored = answers.find(caller, id);
    List<StreamEvent> events = AnswerEvents.of(stored, number(id, lastEvent));
    EventWriter writer = new EventWriter(id, json, response);
    for (StreamEvent event : events) {
      writer.write(event);
    }
  }

  private static long number(UUID id, @Nullable String lastEvent) {
    if (lastEvent == null || lastEvent.isBlank()) {
      return StreamEvent.BEFORE_ALL;
    }
    String prefix = id + ":";
    if (!lastEvent.startsWith(prefix)
        || !lastEvent.substring(prefix.length()).matches("\\d{1,9}")) {
      throw new Problem(
          ProblemCode.INVALID_REQUEST,
          "Last-Event-ID is not the id of an event of this answer: leave it out to get all.");
    }
    return Long.parseLong(lastEvent.substring(prefix.length()));
  }
}

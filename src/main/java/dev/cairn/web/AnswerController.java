package dev.cairn.web;

import dev.cairn.access.Caller;
import dev.cairn.answer.AnswerQuestion;
import dev.cairn.answer.Answers;
import dev.cairn.catalogue.Page;
import dev.cairn.problem.Problem;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Questions, and the answers that were given. */
@RestController
@RequestMapping("/api/v1")
final class AnswerController {

  private final ParseQuestion parseQuestion;
  private final ParseScope parseScope;
  private final AnswerQuestion answerQuestion;
  private final Answers answers;

  AnswerController(
      ParseQuestion parseQuestion,
      ParseScope parseScope,
      AnswerQuestion answerQuestion,
      Answers answers) {
    this.parseScope = parseScope;
    this.parseQuestion = parseQuestion;
    this.answerQuestion = answerQuestion;
    this.answers = answers;
  }

  @PostMapping("/corpora/{slug}/questions")
  AnswerView ask(
      Caller caller,
      @PathVariable String slug,
      @RequestBody QuestionRequest request,
      @RequestAttribute(ClientConnection.ATTRIBUTE) ClientConnection connection) {
    return AnswerView.of(
        answerQuestion.answer(
            caller,
            parseScope.inCorpus(slug, request.scope()),
            parseQuestion.parse(request),
            new WaitingClient(connection)));
  }

  @PostMapping("/questions")
  AnswerView ask(
      Caller caller,
      @RequestBody QuestionRequest request,
      @RequestAttribute(ClientConnection.ATTRIBUTE) ClientConnection connection) {
    return AnswerView.of(
        answerQuestion.answer(
            caller,
            parseScope.acrossCorpora(request.scope()),
            parseQuestion.parse(request),
            new WaitingClient(connection)));
  }

  @GetMapping("/answers/{id}")
  AnswerView find(Caller caller, @PathVariable UUID id) {
    return AnswerView.of(answers.find(caller, id));
  }

  @GetMapping("/answers")
  Page<AnswerView> list(
      Caller caller,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return answers.list(caller, limit, cursor).map(AnswerView::of);
  }

  /**
   * How many answers went.
   *
   * @param deleted of the caller's
   */
  record Deleted(int deleted) {}

  /** Either those that began before a time, or all: never for want of a filter. */
  @DeleteMapping("/answers")
  Deleted delete(
      Caller caller,
      @RequestParam(required = false) @Nullable Instant before,
      @RequestParam(defaultValue = "false") boolean all) {
    if (all == (before != null)) {
      throw Problem.ofField(
          "before",
          "Say which answers: before=2026-01-31T12:00:00Z, those from before that time, or"
              + " all=true.");
    }
    return new Deleted(before == null ? answers.deleteAll(caller) : answers.delete(caller, before));
  }

  @DeleteMapping("/answers/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable UUID id) {
    answers.delete(caller, id);
  }
}

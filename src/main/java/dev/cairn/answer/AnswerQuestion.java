package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Encodings;
import dev.cairn.corpus.AskedScope;
import dev.cairn.corpus.Scope;
import dev.cairn.corpus.Scopes;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.recall.UnreadableSegmentException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Answers a question, afresh each time, and keeps the answer. The calling thread waits; it holds no
 * database connection meanwhile.
 */
@Component
public final class AnswerQuestion {

  private static final Logger log = LoggerFactory.getLogger(AnswerQuestion.class);

  private final Admission admission;
  private final Scopes scopes;
  private final Encodings encodings;
  private final Answers answers;
  private final GenerateAnswer generateAnswer;

  AnswerQuestion(
      Admission admission,
      Scopes scopes,
      Encodings encodings,
      Answers answers,
      GenerateAnswer generateAnswer) {
    this.admission = admission;
    this.scopes = scopes;
    this.encodings = encodings;
    this.answers = answers;
    this.generateAnswer = generateAnswer;
  }

  /**
   * @throws Problem corpus_not_found, document_not_found, corpus_empty, corpus_not_ready,
   *     overloaded, rate_limited, deadline_exceeded
   */
  public Answer answer(
      Caller caller, AskedScope scope, Question question, AnswerObserver observer) {
    return admission.admit(
        caller.tenantId(),
        question.deadline(),
        observer,
        () -> answerAdmitted(new Asked(caller, scope, question, observer)));
  }

  private Answer answerAdmitted(Asked asked) {
    Caller caller = asked.caller();
    Scope scope = scopes.resolve(caller, asked.scope());
    UUID id = answers.begin(caller, asked.scope(), asked.question().text());
    try {
      asked.observer().began(id);
      answers.finish(id, generate(asked, scope));
      return answers.find(caller, id);
    } catch (RuntimeException e) {
      answers.fail(id, Answer.Failure.of(e));
      throw e;
    } finally {
      answers.letGo(id);
    }
  }

  private AnswerContent generate(Asked asked, Scope scope) {
    Scope readable = scope;
    while (true) {
      try {
        return generateAnswer.generate(
            asked.caller(), readable, asked.question(), asked.observer());
      } catch (UnreadableSegmentException e) {
        leaveOut(e);
        refuseToContradict(asked.observer(), e);
        readable = scopes.resolve(asked.caller(), asked.scope());
      }
    }
  }

  private void leaveOut(UnreadableSegmentException e) {
    if (!e.isDamaged()) {
      throw new Problem(
          ProblemCode.MODEL_UNAVAILABLE,
          "What is stored of document %s cannot be read at the moment: ask again later."
              .formatted(e.documentId()),
          e);
    }
    if (encodings.markSegmentCorrupt(e.segmentId(), String.valueOf(e.getMessage()))) {
      log.warn("Document {} is damaged; it is not read any more", e.documentId(), e);
    }
  }

  private static void refuseToContradict(AnswerObserver observer, Exception cause) {
    if (observer.hasText()) {
      throw new Problem(
          ProblemCode.MODEL_UNAVAILABLE,
          "A document was deleted, or turned out to be damaged, while the answer was written: ask"
              + " again, without it.",
          cause);
    }
  }

  private record Asked(
      Caller caller, AskedScope scope, Question question, AnswerObserver observer) {}
}

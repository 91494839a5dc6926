package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.memory.AskedScope;
import dev.cairn.memory.Encodings;
import dev.cairn.memory.Scope;
import dev.cairn.memory.Scopes;
import dev.cairn.memory.UnreadableSegmentException;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Answers a question, afresh each time, and keeps the answer. The calling thread waits; it holds no
 * database connection meanwhile.
 */
@Component
final class AnswerQuestion {

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
   *     overloaded
   */
  Answer answer(Caller caller, AskedScope asked, Question question) {
    return admission.admit(() -> answerAdmitted(caller, asked, question));
  }

  private Answer answerAdmitted(Caller caller, AskedScope asked, Question question) {
    Scope scope = scopes.resolve(caller, asked);
    UUID id = answers.begin(caller, asked, question.text());
    try {
      answers.finish(id, generate(new Asked(caller, asked, question), scope));
      return answers.find(caller, id);
    } catch (Problem e) {
      answers.fail(id, e.code(), e.detail());
      throw e;
    } catch (RuntimeException e) {
      answers.fail(id, ProblemCode.INTERNAL, "The answer failed: ask again.");
      throw e;
    }
  }

  private AnswerContent generate(Asked asked, Scope scope) {
    Scope readable = scope;
    while (true) {
      try {
        return generateAnswer.generate(asked.caller(), readable, asked.question());
      } catch (UnreadableSegmentException e) {
        leaveOut(e);
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
    log.warn("Document {} is damaged; answering once more without it", e.documentId(), e);
    encodings.markSegmentCorrupt(e.segmentId(), String.valueOf(e.getMessage()));
  }

  private record Asked(Caller caller, AskedScope scope, Question question) {}
}

package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.memory.LeftOut;
import dev.cairn.model.Generation;
import dev.cairn.model.SentenceEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes an answer of what the model wrote: weighs the evidence, cites the passages, reports. */
@Component
final class FinishAnswer {

  private final CiteAnswer citeAnswer;
  private final ReportCache reportCache;
  private final Optional<SentenceEncoder> sentences;
  private final @Nullable Double minEvidence;

  FinishAnswer(
      CiteAnswer citeAnswer,
      ReportCache reportCache,
      Optional<SentenceEncoder> sentences,
      AnswerSettings settings) {
    this.citeAnswer = citeAnswer;
    this.reportCache = reportCache;
    this.sentences = sentences;
    this.minEvidence = settings.minEvidence();
  }

  AnswerContent finish(Caller caller, Written written, StageTimes times) {
    AnswerMass mass = AnswerMass.of(written.generation().tokens());
    Double evidence = evidence(written, mass);
    String text =
        Evidence.isTooLittle(evidence, minEvidence) ? Abstention.TEXT : written.text().text();
    boolean answered = !Abstention.isOne(text);
    Cited cited =
        answered
            ? times.time(
                AnswerStage.CITE,
                () -> citeAnswer.cite(caller, text, mass, written.memory()::place))
            : Cited.NOTHING;
    return new AnswerContent(
        text,
        answered,
        evidence,
        written.text().finishReason(),
        cited.citations(),
        usage(written.generation()),
        reportCache.report(written, times),
        both(written.scope().leftOut(), cited.leftOut()),
        written.question().prompt().conversation());
  }

  private static List<LeftOut> both(List<LeftOut> unread, List<LeftOut> uncited) {
    return Stream.concat(unread.stream(), uncited.stream()).toList();
  }

  /** Whether the text is always what the model wrote. */
  boolean keepsText() {
    return minEvidence == null;
  }

  private @Nullable Double evidence(Written written, AnswerMass mass) {
    if (written.question().retrieval() == Retrieval.ATTENTION) {
      return null;
    }
    float scale = sentences.orElseThrow().scale();
    return Evidence.of(mass, chunk -> written.memory().prior(chunk) / scale);
  }

  private static Usage usage(Generation generation) {
    return new Usage(generation.cost().promptTokens(), generation.tokens().size());
  }
}

package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.citation.AnswerMass;
import dev.cairn.citation.Citation;
import dev.cairn.citation.Citations;
import dev.cairn.citation.CiteAnswer;
import dev.cairn.citation.ContentWords;
import dev.cairn.citation.Evidence;
import dev.cairn.corpus.LeftOut;
import dev.cairn.model.Generation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes an answer of what the model wrote: weighs the evidence, cites the passages, reports. */
@Component
final class FinishAnswer {

  private final CiteAnswer citeAnswer;
  private final ComposeReport composeReport;

  FinishAnswer(CiteAnswer citeAnswer, ComposeReport composeReport) {
    this.citeAnswer = citeAnswer;
    this.composeReport = composeReport;
  }

  AnswerContent finish(Caller caller, WrittenAnswer written, StageTimes times) {
    AnswerMass mass = AnswerMass.of(written.generation().tokens());
    Citations cited = cite(caller, written, mass, times);
    Double evidence = evidence(written, mass, cited.citations());
    boolean isTooLittle = Evidence.isTooLittle(evidence, written.question().minEvidence());
    String text = isTooLittle ? Abstention.TEXT : written.text().text();
    boolean answered = !Abstention.isOne(text);
    return new AnswerContent(
        text,
        answered,
        evidence,
        written.text().finishReason(),
        answered ? cited.citations() : List.of(),
        usage(written.generation()),
        composeReport.report(written, times),
        both(written.scope().leftOut(), cited.leftOut()),
        trace(written),
        written.question().prompt().conversation());
  }

  private static List<LeftOut> both(List<LeftOut> unread, List<LeftOut> uncited) {
    return Stream.concat(unread.stream(), uncited.stream()).toList();
  }

  private static @Nullable List<TracedToken> trace(WrittenAnswer written) {
    return written.question().trace()
        ? new TraceAnswer(written.memory()).trace(written.generation().tokens())
        : null;
  }

  private Citations cite(Caller caller, WrittenAnswer written, AnswerMass mass, StageTimes times) {
    String text = written.text().text();
    return Abstention.isOne(text)
        ? Citations.NOTHING
        : times.time(
            AnswerStage.CITE, () -> citeAnswer.cite(caller, text, mass, written.memory()::place));
  }

  private static @Nullable Double evidence(
      WrittenAnswer written, AnswerMass mass, List<Citation> citations) {
    Generation generation = written.generation();
    if (generation.abstention() != null) {
      return Evidence.of(generation.abstention(), generation.tokens());
    }
    float[] cosines = written.memory().cosines();
    double support = support(written.text().text(), citations);
    return cosines == null ? null : Evidence.of(support, mass, chunk -> cosines[chunk]);
  }

  private static double support(String text, List<Citation> citations) {
    return citations.isEmpty() ? 0 : ContentWords.support(text, citations.getFirst().quote());
  }

  private static Usage usage(Generation generation) {
    return new Usage(generation.cost().promptTokens(), generation.tokens().size());
  }
}

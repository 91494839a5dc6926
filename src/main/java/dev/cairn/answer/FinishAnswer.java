package dev.cairn.answer;

import dev.cairn.citation.AnswerMass;
import dev.cairn.citation.Citation;
import dev.cairn.citation.Citations;
import dev.cairn.citation.ContentWords;
import dev.cairn.citation.Evidence;
import dev.cairn.citation.WrittenText;
import dev.cairn.corpus.LeftOut;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Reading;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes an answer of what the model wrote: weighs the evidence, cites the passages, reports. */
@Component
final class FinishAnswer {

  private final ComposeReport composeReport;

  FinishAnswer(ComposeReport composeReport) {
    this.composeReport = composeReport;
  }

  AnswerContent finish(WrittenAnswer written, StageTimes times) {
    WrittenText text = written.text().text();
    Citations read = times.time(AnswerStage.CITE, () -> read(written, text));
    Double evidence = evidence(written, text, read.citations());
    boolean isBorne =
        !written.text().isUnfounded()
            && !Evidence.isTooLittle(evidence, written.question().minEvidence());
    boolean answered = isBorne && !Abstention.isOne(text);
    Citations lookedAt =
        answered ? Citations.NOTHING : times.time(AnswerStage.CITE, () -> lookedAt(written));
    return new AnswerContent(
        isBorne || written.text().isCancelled() ? said(text) : Abstention.TEXT,
        answered,
        evidence,
        written.text().finishReason(),
        answered ? read.citations() : List.of(),
        lookedAt.citations(),
        new Usage(written.generation().cost().promptTokens(), written.text().tokens().size()),
        composeReport.report(written, times),
        both(written.scope().leftOut(), answered ? read.leftOut() : lookedAt.leftOut()),
        trace(written),
        written.question().prompt().conversation());
  }

  /** A model that ends without a word does not know. */
  private static String said(WrittenText text) {
    return text.text().isBlank() && !text.cut() ? Abstention.TEXT : text.text();
  }

  private static List<LeftOut> both(List<LeftOut> unread, List<LeftOut> uncited) {
    return Stream.concat(unread.stream(), uncited.stream()).toList();
  }

  private static @Nullable List<TracedToken> trace(WrittenAnswer written) {
    return written.question().trace()
        ? new TraceAnswer(written.memory()).trace(written.text().tokens())
        : null;
  }

  private static Citations read(WrittenAnswer written, WrittenText text) {
    return Abstention.isOne(text)
        ? Citations.NOTHING
        : written.citing().citeWhole(text, written.text().tokens());
  }

  private static Citations lookedAt(WrittenAnswer written) {
    List<GeneratedToken> tokens = written.text().tokens();
    Reading looked = written.generation().looked();
    AnswerMass mass =
        tokens.isEmpty() && looked != null
            ? AnswerMass.ofReadings(List.of(looked))
            : AnswerMass.of(tokens);
    return written.citing().lookedAt(mass);
  }

  private static @Nullable Double evidence(
      WrittenAnswer written, WrittenText text, List<Citation> citations) {
    Generation generation = written.generation();
    if (generation.abstention() != null) {
      return Evidence.of(generation.abstention(), generation.tokens());
    }
    float[] cosines = written.memory().cosines();
    AnswerMass mass = AnswerMass.of(written.text().tokens());
    return cosines == null
        ? null
        : Evidence.of(support(text, citations), mass, chunk -> cosines[chunk]);
  }

  /** Nothing contradicts a text that was cut before its first word. */
  private static double support(WrittenText text, List<Citation> citations) {
    if (text.cut() && text.text().isBlank()) {
      return 1;
    }
    return citations.isEmpty() ? 0 : ContentWords.support(text, citations.getFirst().quote());
  }
}

package dev.cairn.answer;

import dev.cairn.citation.Citation;
import dev.cairn.corpus.LeftOut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished answer.
 *
 * @param answered false when the documents do not say; nothing is cited then
 * @param evidence what speaks for what the model wrote, -1 to 1 (see {@code citation.Evidence});
 *     null when no sentence embeddings were asked for
 * @param finishReason {@code stop}, {@code length}, {@code deadline}, {@code unsupported} (it goes
 *     on with a figure or name that stands in nothing it cites) or {@code cancelled}
 * @param citations the weightiest first
 * @param lookedAt where nothing is cited: the passages that drew most attention, the weightiest
 *     first, all weak
 * @param leftOut documents of the corpus that could not be read
 * @param trace what each token read, when it was asked for; of what the model wrote, also where the
 *     text is an abstention for want of evidence
 * @param conversation what became of the turns before the question, when there were any
 */
public record AnswerContent(
    String text,
    boolean answered,
    @Nullable Double evidence,
    String finishReason,
    List<Citation> citations,
    List<Citation> lookedAt,
    Usage usage,
    CacheReport report,
    List<LeftOut> leftOut,
    @Nullable List<TracedToken> trace,
    @Nullable ConversationUse conversation) {

  boolean cancelled() {
    return finishReason.equals("cancelled");
  }

  AnswerContent withCitations(List<Citation> others, List<Citation> othersLookedAt) {
    return new AnswerContent(
        text,
        answered,
        evidence,
        finishReason,
        others,
        othersLookedAt,
        usage,
        report,
        leftOut,
        trace,
        conversation);
  }
}

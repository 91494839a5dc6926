package dev.cairn.answer;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.citation.AnswerMass;
import dev.cairn.engine.Model;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.recall.ChunkReads;
import dev.cairn.segment.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reports what an answer took of what is stored. */
@Component
final class ComposeReport {

  private final Model model;
  private final Fingerprint fingerprint;

  ComposeReport(Model model, Fingerprint fingerprint) {
    this.model = model;
    this.fingerprint = fingerprint;
  }

  CacheReport report(WrittenAnswer written, StageTimes times) {
    Generation.Cost cost = written.generation().cost();
    ChunkReads use = written.memory().use();
    CacheReport.ByTier chunks =
        new CacheReport.ByTier(use.ram().distinctChunks(), use.disk().distinctChunks());
    return new CacheReport(
        written.question().retrieval(),
        written.memory().size(),
        cost.chunksScored(),
        Math.toIntExact(chunks.ram() + chunks.disk()),
        chunks,
        new CacheReport.ByTier(use.ram().bytes(), use.disk().bytes()),
        use.hitRate(),
        use.slabBytesLoaded(),
        written.scope().visible().stream().mapToLong(VisibleDocument::tokens).sum(),
        times.millis(),
        StageTimes.millis(System.nanoTime() - written.question().receivedNanos()),
        model.path(),
        model.device(),
        fingerprint.sha256(),
        signs(written.generation().abstention(), written.text().tokens()));
  }

  private static CacheReport.@Nullable Signs signs(
      @Nullable Float abstention, List<GeneratedToken> tokens) {
    return abstention == null
        ? null
        : new CacheReport.Signs(
            abstention,
            tokens.stream().mapToDouble(GeneratedToken::logProbability).average().orElse(0),
            tokens.isEmpty() ? 0 : AnswerMass.of(tokens).total() / tokens.size());
  }
}

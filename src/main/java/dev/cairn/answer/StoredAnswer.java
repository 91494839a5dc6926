package dev.cairn.answer;

import dev.cairn.citation.Citation;
import dev.cairn.corpus.LeftOut;
import dev.cairn.model.ComputePath;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A finished answer as it is stored. Its parts are named as in {@link AnswerContent}, but are its
 * own: names in the program can change, those in the database cannot.
 *
 * @param version of this shape, see {@link StoredAnswerFormat}
 */
record StoredAnswer(
    int version,
    String text,
    boolean answered,
    @Nullable Double evidence,
    String finishReason,
    List<StoredCitation> citations,
    StoredUsage usage,
    Report report,
    List<StoredLeftOut> leftOut,
    @Nullable List<Token> trace,
    @Nullable Conversation conversation) {

  static StoredAnswer of(int version, AnswerContent content) {
    return new StoredAnswer(
        version,
        content.text(),
        content.answered(),
        content.evidence(),
        content.finishReason(),
        content.citations().stream().map(StoredCitation::of).toList(),
        new StoredUsage(content.usage().promptTokens(), content.usage().answerTokens()),
        Report.of(content.report()),
        content.leftOut().stream().map(StoredLeftOut::of).toList(),
        content.trace() == null ? null : content.trace().stream().map(Token::of).toList(),
        content.conversation() == null ? null : Conversation.of(content.conversation()));
  }

  AnswerContent restore() {
    return new AnswerContent(
        text,
        answered,
        evidence,
        finishReason,
        citations.stream().map(StoredCitation::restore).toList(),
        new Usage(usage.promptTokens, usage.answerTokens),
        report.restore(),
        leftOut.stream().map(StoredLeftOut::restore).toList(),
        trace == null ? null : trace.stream().map(Token::restore).toList(),
        conversation == null ? null : conversation.restore());
  }

  /** Whether its source was deleted is looked up, not stored. */
  record StoredCitation(
      UUID documentId,
      String title,
      long start,
      long end,
      String quote,
      double weight,
      boolean weak) {

    static StoredCitation of(Citation from) {
      return new StoredCitation(
          from.documentId(),
          from.title(),
          from.start(),
          from.end(),
          from.quote(),
          from.weight(),
          from.weak());
    }

    Citation restore() {
      return new Citation(documentId, title, start, end, quote, weight, weak, false);
    }
  }

  record StoredUsage(int promptTokens, int answerTokens) {}

  record StoredLeftOut(UUID documentId, String title, String reason, int percent) {

    static StoredLeftOut of(LeftOut from) {
      return new StoredLeftOut(from.documentId(), from.title(), from.reason(), from.percent());
    }

    LeftOut restore() {
      return new LeftOut(documentId, title, reason, percent);
    }
  }

  record Conversation(int turnsRead, int turnsCut) {

    static Conversation of(ConversationUse from) {
      return new Conversation(from.turnsRead(), from.turnsCut());
    }

    ConversationUse restore() {
      return new ConversationUse(turnsRead, turnsCut);
    }
  }

  record ByTier(long ram, long disk) {

    static ByTier of(CacheReport.ByTier from) {
      return new ByTier(from.ram(), from.disk());
    }

    CacheReport.ByTier restore() {
      return new CacheReport.ByTier(ram, disk);
    }
  }

  record Report(
      String retrieval,
      long chunksVisible,
      long chunksScored,
      int distinctChunksRead,
      ByTier distinctChunksByTier,
      ByTier bytesRead,
      double hitRate,
      long landmarkBytesLoaded,
      long tokensNotReencoded,
      Map<String, Double> stageMillis,
      double totalMillis,
      String computePath,
      String device,
      String fingerprint) {

    static Report of(CacheReport from) {
      Map<String, Double> stageMillis = new TreeMap<>();
      from.stageMillis().forEach((stage, millis) -> stageMillis.put(stage.json(), millis));
      return new Report(
          from.retrieval().json(),
          from.chunksVisible(),
          from.chunksScored(),
          from.distinctChunksRead(),
          ByTier.of(from.distinctChunksByTier()),
          ByTier.of(from.bytesRead()),
          from.hitRate(),
          from.landmarkBytesLoaded(),
          from.tokensNotReencoded(),
          stageMillis,
          from.totalMillis(),
          from.computePath().name(),
          from.device(),
          from.fingerprint());
    }

    CacheReport restore() {
      Map<AnswerStage, Double> millis = new EnumMap<>(AnswerStage.class);
      stageMillis.forEach((stage, each) -> millis.put(AnswerStage.parse(stage), each));
      return new CacheReport(
          RetrievalMode.parse(retrieval),
          chunksVisible,
          chunksScored,
          distinctChunksRead,
          distinctChunksByTier.restore(),
          bytesRead.restore(),
          hitRate,
          landmarkBytesLoaded,
          tokensNotReencoded,
          millis,
          totalMillis,
          ComputePath.valueOf(computePath),
          device,
          fingerprint);
    }
  }

  record Token(int id, List<List<Chunk>> blocks) {

    static Token of(TracedToken from) {
      return new Token(
          from.id(),
          from.blocks().stream().map(block -> block.stream().map(Chunk::of).toList()).toList());
    }

    TracedToken restore() {
      return new TracedToken(
          id, blocks.stream().map(block -> block.stream().map(Chunk::restore).toList()).toList());
    }
  }

  record Chunk(
      UUID documentId,
      int chunk,
      long start,
      long end,
      float score,
      float weight,
      @Nullable Float cosine,
      @Nullable Float words) {

    static Chunk of(TracedToken.Chunk from) {
      return new Chunk(
          from.documentId(),
          from.chunk(),
          from.start(),
          from.end(),
          from.score(),
          from.weight(),
          from.cosine(),
          from.words());
    }

    TracedToken.Chunk restore() {
      return new TracedToken.Chunk(documentId, chunk, start, end, score, weight, cosine, words);
    }
  }
}

package dev.cairn.memory;

import dev.cairn.access.Caller;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Finds what a question may read: encodings READY under the loaded fingerprint. */
@Service
public class Scopes {

  private final Corpora corpora;
  private final Statuses statuses;
  private final SegmentRows segments;

  Scopes(Corpora corpora, Statuses statuses, SegmentRows segments) {
    this.corpora = corpora;
    this.statuses = statuses;
    this.segments = segments;
  }

  /**
   * The documents of a corpus at this moment.
   *
   * @throws Problem corpus_not_found, corpus_empty when it has no documents, corpus_not_ready when
   *     none can be read
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Scope resolve(Caller caller, String corpusSlug) {
    UUID corpus = corpora.find(caller, corpusSlug).id();
    List<Statuses.Member> members =
        statuses.ofMembers(corpus, Statuses.BEFORE_ALL, Integer.MAX_VALUE);
    if (members.isEmpty()) {
      throw new Problem(
          ProblemCode.CORPUS_EMPTY,
          "The corpus %s has no documents: upload one first.".formatted(corpusSlug));
    }
    Scope scope = new Scope(visible(members), leftOut(members));
    if (scope.visible().isEmpty()) {
      throw notReady(corpusSlug, scope.leftOut());
    }
    return scope;
  }

  private List<VisibleDocument> visible(List<Statuses.Member> members) {
    List<UUID> encodings =
        members.stream()
            .map(member -> member.status().readableEncoding())
            .filter(Objects::nonNull)
            .toList();
    Map<UUID, List<SegmentRef>> byDocument =
        segments.ofEncodings(encodings).stream()
            .collect(Collectors.groupingBy(SegmentRef::documentId));
    return members.stream()
        .filter(member -> byDocument.containsKey(member.documentId()))
        .map(
            member ->
                new VisibleDocument(
                    member.documentId(),
                    member.title(),
                    member.status().document().tokens(),
                    byDocument.getOrDefault(member.documentId(), List.of())))
        .toList();
  }

  private static List<LeftOut> leftOut(List<Statuses.Member> members) {
    return members.stream()
        .filter(member -> member.status().readableEncoding() == null)
        .map(
            member ->
                new LeftOut(
                    member.documentId(),
                    member.title(),
                    reason(member.status().stage()),
                    member.status().percent()))
        .toList();
  }

  private static String reason(Stage stage) {
    return switch (stage) {
      case UPLOADED, EXTRACTING -> Stage.EXTRACTING.json();
      case QUEUED, ENCODING, READY -> Stage.ENCODING.json();
      case STALE, EVICTED, CORRUPT, CANCELLED, FAILED -> stage.json();
    };
  }

  private static Problem notReady(String slug, List<LeftOut> leftOut) {
    LeftOut first = leftOut.getFirst();
    return new Problem(
        ProblemCode.CORPUS_NOT_READY,
        "None of the %d documents of %s can be read yet; the first is %s, at %d percent. Wait, or look at the corpus."
            .formatted(leftOut.size(), slug, first.reason(), first.percent()));
  }
}

package dev.cairn.corpus;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.DocumentStage;
import dev.cairn.catalogue.Segments;
import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.segment.Fingerprint;
import dev.cairn.segment.SegmentRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Finds what a question may read: encodings READY under the loaded fingerprint. */
@Service
public class Scopes {

  private final Corpora corpora;
  private final MembershipRows rows;
  private final Segments segments;
  private final Labels labels;
  private final Fingerprint fingerprint;

  Scopes(
      Corpora corpora,
      MembershipRows rows,
      Segments segments,
      Labels labels,
      Fingerprint fingerprint) {
    this.corpora = corpora;
    this.rows = rows;
    this.segments = segments;
    this.labels = labels;
    this.fingerprint = fingerprint;
  }

  /**
   * The documents in scope at this moment.
   *
   * @throws Problem corpus_not_found; document_not_found for a chosen document that is in none of
   *     the corpora; corpus_empty when nothing is in scope, corpus_not_ready when none of it can be
   *     read
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Scope resolve(Caller caller, AskedScope asked) {
    List<Member> all = members(caller, asked);
    requirePresent(asked.documents(), all);
    List<Member> members = all.stream().filter(each -> matches(asked, each)).toList();
    if (members.isEmpty()) {
      throw empty(asked);
    }
    Scope scope = new Scope(visible(members), leftOut(members));
    if (scope.visible().isEmpty()) {
      throw notReady(asked, scope.leftOut());
    }
    return scope;
  }

  /** Of all corpora, each document once. */
  private List<Member> members(Caller caller, AskedScope asked) {
    Map<UUID, Member> members = new LinkedHashMap<>();
    for (String slug : asked.corpora()) {
      UUID corpus = corpora.find(caller, slug).id();
      rows.membersAfter(corpus, Member.BEFORE_ALL, fingerprint.sha256(), Limit.unlimited())
          .forEach(member -> members.putIfAbsent(member.documentId(), member));
    }
    return List.copyOf(members.values());
  }

  private static void requirePresent(List<UUID> documents, List<Member> members) {
    Set<UUID> present = members.stream().map(Member::documentId).collect(Collectors.toSet());
    for (UUID document : documents) {
      if (!present.contains(document)) {
        throw new Problem(
            ProblemCode.DOCUMENT_NOT_FOUND,
            "The document %s is in none of the corpora asked: add it, or leave it out."
                .formatted(document));
      }
    }
  }

  private boolean matches(AskedScope asked, Member member) {
    boolean chosen = asked.documents().isEmpty() || asked.documents().contains(member.documentId());
    return chosen
        && (asked.metadata().isEmpty()
            || labels
                .metadata(member.metadata())
                .entrySet()
                .containsAll(asked.metadata().entrySet()));
  }

  private List<VisibleDocument> visible(List<Member> members) {
    List<UUID> encodings =
        members.stream()
            .map(member -> member.progress().readableEncoding())
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
                    member.progress().tokens(),
                    byDocument.getOrDefault(member.documentId(), List.of())))
        .toList();
  }

  private static List<LeftOut> leftOut(List<Member> members) {
    return members.stream()
        .filter(member -> member.progress().readableEncoding() == null)
        .map(
            member ->
                new LeftOut(
                    member.documentId(),
                    member.title(),
                    reason(member.progress().stage()),
                    member.progress().percent()))
        .toList();
  }

  private static String reason(DocumentStage stage) {
    return switch (stage) {
      case UPLOADED, EXTRACTING -> DocumentStage.EXTRACTING.json();
      case QUEUED, ENCODING, READY -> DocumentStage.ENCODING.json();
      case STALE, EVICTED, CORRUPT, CANCELLED, FAILED -> stage.json();
    };
  }

  private static Problem empty(AskedScope asked) {
    String corpora = String.join(", ", asked.corpora());
    String detail =
        asked.isNarrowed()
            ? "No document of %s is in the question's scope: widen it."
            : "The corpus %s has no documents: upload one first.";
    return new Problem(ProblemCode.CORPUS_EMPTY, detail.formatted(corpora));
  }

  private static Problem notReady(AskedScope asked, List<LeftOut> leftOut) {
    LeftOut first = leftOut.getFirst();
    return new Problem(
        ProblemCode.CORPUS_NOT_READY,
        "None of the %d documents of %s can be read yet; the first is %s, at %d percent. Wait, or look at the corpus."
            .formatted(
                leftOut.size(),
                String.join(", ", asked.corpora()),
                first.reason(),
                first.percent()));
  }
}

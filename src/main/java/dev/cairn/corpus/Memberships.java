package dev.cairn.corpus;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Ids;
import dev.cairn.catalogue.Page;
import dev.cairn.disk.DiskSpace;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.segment.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which documents are in which corpus. */
@Service
public class Memberships {

  private final MembershipRows rows;
  private final Corpora corpora;
  private final Labels labels;
  private final Ids ids;
  private final Fingerprint fingerprint;
  private final DiskSpace disk;

  Memberships(
      MembershipRows rows,
      Corpora corpora,
      Labels labels,
      Ids ids,
      Fingerprint fingerprint,
      DiskSpace disk) {
    this.rows = rows;
    this.corpora = corpora;
    this.labels = labels;
    this.ids = ids;
    this.fingerprint = fingerprint;
    this.disk = disk;
  }

  /**
   * Puts a document into a corpus; once only, however often it is asked.
   *
   * @param title shown to readers; control characters are dropped
   * @throws Problem invalid_request for a title that is empty or too long, or metadata too long;
   *     deleted_meanwhile when the document or the corpus was deleted at this moment
   */
  @Transactional
  public Joined join(Corpus corpus, Document document, String title, Map<String, Object> metadata) {
    boolean created =
        rows.insertIfAbsent(
                ids.next(),
                corpus.id(),
                document.id(),
                labels.title(title),
                labels.metadata(metadata))
            > 0;
    return rows.findByCorpusIdAndDocumentId(corpus.id(), document.id())
        .map(row -> new Joined(row.toMembership(labels), created))
        .orElseThrow(Corpora::deletedMeanwhile);
  }

  /**
   * What has just joined a corpus.
   *
   * @throws Problem deleted_meanwhile when it, or the corpus, is gone already
   */
  public MembershipStatus justJoined(Caller caller, String slug, UUID documentId) {
    return corpora
        .lookUp(caller, slug)
        .flatMap(corpus -> rows.member(corpus.id(), documentId, fingerprint.sha256()))
        .map(member -> toStatus(slug, member))
        .orElseThrow(Corpora::deletedMeanwhile);
  }

  /**
   * Takes a document out of a corpus; the document stays.
   *
   * @throws Problem corpus_not_found, document_not_found
   */
  @Transactional
  public void leave(Caller caller, String slug, UUID documentId) {
    if (rows.delete(corpora.find(caller, slug).id(), documentId) == 0) {
      throw notInCorpus(slug, documentId);
    }
  }

  /**
   * One document of a corpus.
   *
   * @throws Problem corpus_not_found, document_not_found
   */
  public MembershipStatus status(Caller caller, String slug, UUID documentId) {
    return rows.member(corpora.find(caller, slug).id(), documentId, fingerprint.sha256())
        .map(member -> toStatus(slug, member))
        .orElseThrow(() -> notInCorpus(slug, documentId));
  }

  /**
   * The documents of a corpus in the order in which they joined.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, or null for the first
   * @throws Problem corpus_not_found
   */
  public Page<MembershipStatus> list(
      Caller caller, String slug, int limit, @Nullable String cursor) {
    Page.checkLimit(limit);
    UUID corpus = corpora.find(caller, slug).id();
    List<Member> found =
        rows.membersAfter(corpus, Page.after(cursor), fingerprint.sha256(), Limit.of(limit + 1));
    return Page.of(found, limit, member -> member.id().toString())
        .map(member -> toStatus(slug, member));
  }

  private MembershipStatus toStatus(String slug, Member member) {
    return new MembershipStatus(
        slug,
        member.title(),
        labels.metadata(member.metadata()),
        member.addedAt(),
        member.progress().toStatus(fingerprint, disk.isFull()));
  }

  private static Problem notInCorpus(String slug, UUID documentId) {
    return new Problem(
        ProblemCode.DOCUMENT_NOT_FOUND,
        "There is no document %s in %s: list the corpus to see what there is."
            .formatted(documentId, slug));
  }
}

package dev.cairn.catalogue;

import dev.cairn.access.Caller;
import dev.cairn.disk.DiskSpace;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.segment.Fingerprint;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The documents of a tenant and their way from bytes to text. A move that the state does not allow,
 * or of a document that was deleted, changes nothing and returns false: drop the work then.
 */
@Service
public class Documents {

  private final DocumentRows rows;
  private final DeletedDocumentRows deleted;
  private final Fingerprint fingerprint;
  private final DiskSpace disk;
  private final Ids ids;
  private final Reclaimer reclaimer;

  Documents(
      DocumentRows rows,
      DeletedDocumentRows deleted,
      Fingerprint fingerprint,
      DiskSpace disk,
      Ids ids,
      Reclaimer reclaimer) {
    this.rows = rows;
    this.deleted = deleted;
    this.fingerprint = fingerprint;
    this.disk = disk;
    this.ids = ids;
    this.reclaimer = reclaimer;
  }

  /**
   * The document of these bytes, made when absent; safe when the same bytes come at once. When its
   * extraction had failed, it is tried again.
   */
  @Transactional
  public Registration register(Caller caller, NewDocument bytes) {
    boolean created =
        rows.insertIfAbsent(
                ids.next(),
                caller.tenantId(),
                bytes.sha256(),
                bytes.mediaType(),
                bytes.byteLength())
            > 0;
    UUID id = find(caller, bytes).id();
    rows.extractAgain(id, Document.State.FAILED);
    return new Registration(find(caller, bytes), created);
  }

  private Document find(Caller caller, NewDocument bytes) {
    return rows.findByTenantIdAndSha256AndMediaType(
            caller.tenantId(), bytes.sha256(), bytes.mediaType())
        .orElseThrow(Documents::deletedMeanwhile)
        .toDocument();
  }

  private static Problem deletedMeanwhile() {
    return new Problem(
        ProblemCode.DELETED_MEANWHILE,
        "The same bytes were being deleted at this moment: send them again.");
  }

  /**
   * @throws Problem document_not_found, document_deleted
   */
  public Document find(Caller caller, UUID id) {
    return rows.findByTenantIdAndId(caller.tenantId(), id)
        .orElseThrow(() -> absent(caller, id))
        .toDocument();
  }

  /** A caller's document; empty when there is none, or none any more. */
  public Optional<Document> get(Caller caller, UUID id) {
    return rows.findByTenantIdAndId(caller.tenantId(), id).map(DocumentRow::toDocument);
  }

  /**
   * What a caller sees of a document.
   *
   * @throws Problem document_not_found, document_deleted
   */
  public DocumentStatus status(Caller caller, UUID id) {
    return rows.progress(caller.tenantId(), id, fingerprint.sha256())
        .orElseThrow(() -> absent(caller, id))
        .toStatus(fingerprint, disk.isFull());
  }

  /**
   * All documents of a caller, in a corpus or in none, the oldest first.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, or null for the first
   */
  public Page<DocumentStatus> list(Caller caller, int limit, @Nullable String cursor) {
    Page.checkLimit(limit);
    List<DocumentStatus> found =
        rows
            .progressAfter(
                caller.tenantId(), Page.after(cursor), fingerprint.sha256(), Limit.of(limit + 1))
            .stream()
            .map(progress -> progress.toStatus(fingerprint, disk.isFull()))
            .toList();
    return Page.of(found, limit, document -> document.id().toString());
  }

  /** For background work, which acts for no caller; empty when it was deleted. */
  public Optional<Document> get(UUID id) {
    return rows.findById(id).map(DocumentRow::toDocument);
  }

  /** Documents that wait for extraction or whose extraction was cut short, the oldest first. */
  public List<UUID> toExtract(int limit) {
    return rows.toExtract(Limit.of(limit));
  }

  /** UPLOADED, or EXTRACTING after an interruption, to EXTRACTING. */
  @Transactional
  public boolean beginExtraction(UUID id) {
    return rows.beginExtraction(id) > 0;
  }

  /**
   * EXTRACTING to EXTRACTED.
   *
   * @param charset the encoding that the bytes were read in
   * @param characters code points of the text
   * @param tokens of the loaded tokenizer, at least 1
   */
  @Transactional
  public boolean extracted(UUID id, String charset, long characters, long tokens) {
    return rows.extracted(id, charset, characters, tokens, fingerprint.tokenizerSha256()) > 0;
  }

  /**
   * EXTRACTING to FAILED.
   *
   * @param code a stable code such as {@code no_text}
   * @param detail a sentence that says what to do
   */
  @Transactional
  public boolean failed(UUID id, String code, String detail) {
    return rows.failed(id, code, detail) > 0;
  }

  /**
   * Removes the document everywhere: first its rows, so that late jobs are refused, then its blobs.
   *
   * @throws Problem document_not_found, document_deleted
   */
  public void delete(Caller caller, UUID id) {
    if (rows.delete(caller.tenantId(), id) == 0) {
      throw absent(caller, id);
    }
    reclaimer.reclaim();
  }

  /** Keeps other plans for the document away until the transaction ends. */
  Optional<DocumentRow> hold(UUID id) {
    return rows.hold(id);
  }

  /** EXTRACTED or FAILED to UPLOADED; one that is under way stays as it is. */
  void extractAgain(UUID id) {
    rows.extractAgain(id, Document.State.EXTRACTED);
    rows.extractAgain(id, Document.State.FAILED);
  }

  private Problem absent(Caller caller, UUID id) {
    return deleted.existsByTenantIdAndId(caller.tenantId(), id)
        ? new Problem(
            ProblemCode.DOCUMENT_DELETED,
            "The document %s was deleted: upload it again to use it.".formatted(id))
        : new Problem(
            ProblemCode.DOCUMENT_NOT_FOUND,
            "There is no document %s: list a corpus to see what there is.".formatted(id));
  }
}

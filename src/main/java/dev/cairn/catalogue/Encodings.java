package dev.cairn.catalogue;

import dev.cairn.access.Caller;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.segment.Fingerprint;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The encodings of documents under the loaded fingerprint. */
@Service
public class Encodings {

  private final Documents documents;
  private final EncodingRows rows;
  private final NewGeneration newGeneration;
  private final Fingerprint fingerprint;
  private final Reclaimer reclaimer;

  Encodings(
      Documents documents,
      EncodingRows rows,
      NewGeneration newGeneration,
      Fingerprint fingerprint,
      Reclaimer reclaimer) {
    this.documents = documents;
    this.rows = rows;
    this.newGeneration = newGeneration;
    this.fingerprint = fingerprint;
    this.reclaimer = reclaimer;
  }

  /** The newest generation. */
  public Optional<Encoding> current(UUID documentId) {
    return rows.findFirstByDocumentIdAndFingerprintOrderByGenerationDesc(
            documentId, fingerprint.sha256())
        .map(EncodingRow::toEncoding);
  }

  /**
   * The encoding of an extracted document, made with its stretches when absent.
   *
   * @return empty when the document was deleted or has no text under the loaded tokenizer
   */
  @Transactional
  public Optional<Encoding> plan(UUID documentId) {
    return documents
        .hold(documentId)
        .filter(row -> row.isTokenizedBy(fingerprint.tokenizerSha256()))
        .map(row -> current(documentId).orElseGet(() -> newGeneration.make(row.toDocument(), 1)));
  }

  /**
   * Has a document encoded anew, as a new generation; nothing when one is under way. Its text is
   * extracted again first when that failed or the tokenizer is another one. Questions read the old
   * generation until the new one is READY.
   *
   * @throws Problem document_not_found, document_deleted
   */
  @Transactional
  public void encodeAgain(Caller caller, UUID documentId) {
    documents.find(caller, documentId);
    documents
        .hold(documentId)
        .ifPresent(
            row -> {
              if (row.isTokenizedBy(fingerprint.tokenizerSha256())) {
                makeNext(row.toDocument());
              } else {
                documents.extractAgain(documentId);
              }
            });
  }

  private void makeNext(Document document) {
    Optional<Encoding> current = current(document.id());
    if (current.stream().noneMatch(encoding -> encoding.state().isUnderWay())) {
      newGeneration.make(document, current.map(Encoding::generation).orElse(0) + 1);
    }
  }

  /**
   * Ends the encoding under way; what was stored of it goes.
   *
   * @throws Problem document_not_found, document_deleted, conflict when none is under way
   */
  public void cancel(Caller caller, UUID documentId) {
    documents.find(caller, documentId);
    if (rows.cancel(documentId, fingerprint.sha256()) == 0) {
      throw new Problem(
          ProblemCode.CONFLICT, "The document is not being encoded: there is nothing to cancel.");
    }
    reclaimer.reclaim();
  }

  /** QUEUED or ENCODING to FAILED; what was stored of it goes. False when it ended before. */
  public boolean fail(UUID encodingId, String detail) {
    boolean failed = rows.fail(encodingId, detail) > 0;
    reclaimer.reclaim();
    return failed;
  }

  /**
   * READY to CORRUPT for the encoding of a damaged segment: nothing of it is read again. False when
   * it was not READY.
   */
  public boolean markSegmentCorrupt(UUID segmentId, String detail) {
    return rows.markCorrupt(segmentId, detail) > 0;
  }
}

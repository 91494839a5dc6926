package dev.cairn.ingest;

import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.Encodings;
import dev.cairn.job.Job;
import dev.cairn.job.StopSignal;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The job that turns a document's bytes into text and tokens, and then plans its encoding. */
@Component
class ExtractDocument implements Job {

  static final String NAME = "extract";

  private static final int THREADS = 2;

  private final Documents documents;
  private final Encodings encodings;
  private final ExtractText extractText;
  private final WriteTokens writeTokens;
  private final Planner planner;

  ExtractDocument(
      Documents documents,
      Encodings encodings,
      ExtractText extractText,
      WriteTokens writeTokens,
      Planner planner) {
    this.documents = documents;
    this.encodings = encodings;
    this.extractText = extractText;
    this.writeTokens = writeTokens;
    this.planner = planner;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int threads() {
    return THREADS;
  }

  @Override
  public void run(UUID documentId, StopSignal stop) throws IOException {
    Optional<Document> document = documents.get(documentId);
    if (document.isPresent() && documents.beginExtraction(documentId)) {
      extract(document.get(), stop);
    }
    documents.get(documentId).filter(ExtractDocument::isExtracted).ifPresent(this::plan);
  }

  private static boolean isExtracted(Document document) {
    return document.state() == Document.State.EXTRACTED;
  }

  private void plan(Document document) {
    encodings.plan(document.id());
    planner.enqueueStretches();
  }

  private void extract(Document document, StopSignal stop) throws IOException {
    try {
      ExtractedText text = extractText.extract(document, stop);
      long tokens = writeTokens.write(document, stop);
      documents.extracted(document.id(), text.charset(), text.characters(), tokens);
    } catch (Problem refusal) {
      documents.failed(document.id(), refusal.code().json(), refusal.detail());
    } finally {
      removeWhenDeleted(document);
    }
  }

  /** What is stored after its document was deleted nobody else would take away. */
  private void removeWhenDeleted(Document document) throws IOException {
    if (documents.get(document.id()).isEmpty()) {
      extractText.remove(document);
      writeTokens.remove(document);
    }
  }

  @Override
  public void gaveUp(UUID documentId, String reason) {
    documents.failed(
        documentId,
        ProblemCode.INTERNAL.json(),
        "Its text could not be extracted (%s): upload it again.".formatted(reason));
  }
}

package dev.cairn.text;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Documents;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.store.BlobMissingException;
import dev.cairn.store.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The extracted texts of documents. */
@Service
public class DocumentTexts {

  private final Documents documents;
  private final BlobStore store;

  DocumentTexts(Documents documents, BlobStore store) {
    this.documents = documents;
    this.store = store;
  }

  /**
   * The text of an extracted document, to be closed.
   *
   * @throws BlobMissingException when there is none, or it was deleted meanwhile
   */
  public DocumentText open(Document document) throws IOException {
    return DocumentText.open(store, document);
  }

  /** The text of a caller's document, to be closed; empty when either is not there any more. */
  public Optional<DocumentText> find(Caller caller, UUID id) throws IOException {
    Optional<Document> document = documents.get(caller, id);
    try {
      return document.isEmpty() ? Optional.empty() : Optional.of(open(document.get()));
    } catch (BlobMissingException e) {
      return Optional.empty();
    }
  }

  /**
   * A range of a document's text as a caller asks for it.
   *
   * @param from first code point; the text's start when null
   * @param to code point after the last, or anything behind the text's end for that; as much as one
   *     call gives when null
   * @throws Problem document_not_found, document_deleted, conflict when it has no text yet, no_text
   *     when it has none, invalid_request for a range that begins outside the text or is too long
   */
  public TextPassage read(Caller caller, UUID id, @Nullable Long from, @Nullable Long to) {
    Document document = documents.find(caller, id);
    requireText(document);
    try (DocumentText text = open(document)) {
      return passage(text, from, to);
    } catch (BlobMissingException e) {
      throw new Problem(ProblemCode.DOCUMENT_DELETED, "The document was deleted meanwhile.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireText(Document document) {
    switch (document.state()) {
      case EXTRACTED -> {}
      case FAILED ->
          throw new Problem(
              ProblemCode.NO_TEXT, "The document has no text: " + document.failureDetail());
      case UPLOADED, EXTRACTING ->
          throw new Problem(
              ProblemCode.CONFLICT,
              "The document's text is still being extracted: ask again when its stage is queued.");
    }
  }

  private static TextPassage passage(DocumentText text, @Nullable Long from, @Nullable Long to)
      throws IOException {
    long length = text.length();
    long start = from == null ? 0 : from;
    long end = Math.min(length, to == null ? start + DocumentText.MAX_RANGE : to);
    if (start < 0 || end < start || end - start > DocumentText.MAX_RANGE) {
      throw new Problem(
          ProblemCode.INVALID_REQUEST,
          "Ask for a range with 0 <= from <= %d, from <= to and at most %d characters, not %d to %s."
              .formatted(length, DocumentText.MAX_RANGE, start, to == null ? "the end" : to));
    }
    return new TextPassage(start, end, length, text.read(start, end));
  }
}
